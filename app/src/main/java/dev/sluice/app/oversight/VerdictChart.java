package dev.sluice.app.oversight;

import dev.sluice.app.fx.Messages;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.LiveReport.Minute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import javafx.geometry.Side;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.StackedAreaChart;
import javafx.scene.chart.XYChart;
import javafx.util.StringConverter;

/// Statements a minute over the last hour, stacked by verdict. Points are made once; a push only
/// moves those that changed.
final class VerdictChart extends StackedAreaChart<Number, Number> {

  private static final int MINUTES = 60;

  private record Line(XYChart.Series<Number, Number> series, ToLongFunction<Minute> value) {}

  private final List<Line> lines = new ArrayList<>();
  private final NumberAxis up;

  VerdictChart(Messages messages) {
    super(across(messages), new NumberAxis(0, 5, 1));
    up = (NumberAxis) getYAxis();
    up.setMinorTickVisible(false);
    setId(OversightIds.CHART);
    setAnimated(false);
    setCreateSymbols(false);
    setLegendSide(Side.TOP);
    setHorizontalGridLinesVisible(true);
    setVerticalGridLinesVisible(false);
    setVerticalZeroLineVisible(false);
    setAccessibleText(messages.text("live.chart"));
    getStyleClass().add("verdict-chart");
    setMinHeight(150);
    add(messages.text("live.verdict.allowed"), Minute::allowed);
    add(messages.text("live.verdict.masked"), Minute::masked);
    add(messages.text("live.verdict.asked"), Minute::asked);
    add(messages.text("live.verdict.blocked"), Minute::blocked);
  }

  private static NumberAxis across(Messages messages) {
    NumberAxis axis = new NumberAxis(-MINUTES, 0, 10);
    axis.setMinorTickVisible(false);
    axis.setTickLabelFormatter(
        new StringConverter<>() {
          @Override
          public String toString(Number minute) {
            return minute.intValue() == 0
                ? messages.text("span.now")
                : messages.text("live.chart.minute", minute.intValue());
          }

          @Override
          public Number fromString(String text) {
            return 0;
          }
        });
    return axis;
  }

  private void add(String name, ToLongFunction<Minute> value) {
    XYChart.Series<Number, Number> series = new XYChart.Series<>();
    series.setName(name);
    for (int minute = 1 - MINUTES; minute <= 0; minute++) {
      series.getData().add(new XYChart.Data<>(minute, 0));
    }
    lines.add(new Line(series, value));
    getData().add(series);
  }

  void show(LiveReport report) {
    long most = 4;
    for (int at = 0; at < MINUTES; at++) {
      Minute minute = report.minutes().get(at);
      long sum = 0;
      for (Line line : lines) {
        long value = line.value().applyAsLong(minute);
        sum += value;
        XYChart.Data<Number, Number> point = line.series().getData().get(at);
        if (point.getYValue().longValue() != value) {
          point.setYValue(value);
        }
      }
      most = Math.max(most, sum);
    }
    scale(most);
  }

  private void scale(long most) {
    double step = Math.pow(10, Math.floor(Math.log10(most)));
    double tick = most / step >= 5 ? step : most / step >= 2 ? step / 2 : step / 5;
    double rounded = Math.max(1, tick);
    double top = Math.ceil(most * 1.1 / rounded) * rounded;
    if (up.getUpperBound() != top) {
      up.setTickUnit(rounded);
      up.setUpperBound(top);
    }
  }
}
