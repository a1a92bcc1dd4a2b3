package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.chart.Axis;
import javafx.scene.chart.BarChart;
import javafx.scene.chart.CategoryAxis;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.ScatterChart;
import javafx.scene.chart.XYChart;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;

/// A chart of the result as it is filtered and sorted now.
final class ChartPanel extends BorderPane {

  private final GridModel model;
  private final Background background;
  private final Messages messages;
  private final ComboBox<ChartModel.Kind> kind = new ComboBox<>();
  private final ComboBox<Integer> across = new ComboBox<>();
  private final ComboBox<Integer> up = new ComboBox<>();
  private final Label note = Ui.label("", "muted", "small");

  ChartPanel(GridModel model, Background background, Messages messages) {
    this.model = model;
    this.background = background;
    this.messages = messages;
    setId(ControlIds.CHART_PANEL);
    getStyleClass().add("chart-panel");
    List<Integer> numbers = ChartModel.numericColumns(model);
    if (numbers.isEmpty()) {
      Label none = Ui.paragraph(messages.text("chart.none"), "muted", "center");
      setCenter(none);
      return;
    }
    kind.getItems().setAll(ChartModel.Kind.values());
    kind.setConverter(
        Ui.words(value -> messages.text("chart." + value.name().toLowerCase(Locale.ROOT))));
    kind.setValue(ChartModel.Kind.BAR);
    kind.setAccessibleText(messages.text("chart.kind"));
    kind.setId("chart-kind");
    up.getItems().setAll(numbers);
    up.setConverter(Ui.words(column -> model.column(column).label()));
    up.setValue(numbers.getLast());
    up.setAccessibleText(messages.text("chart.up"));
    across.getItems().add(-1);
    for (int column = 0; column < Math.min(200, model.width()); column++) {
      across.getItems().add(column);
    }
    across.setConverter(
        Ui.words(column -> column < 0 ? messages.text("chart.row") : model.column(column).label()));
    across.setValue(ChartModel.labelColumn(model).orElse(-1));
    across.setAccessibleText(messages.text("chart.across"));
    HBox bar =
        new HBox(
            8,
            kind,
            Ui.label(messages.text("chart.up"), "muted"),
            up,
            Ui.label(messages.text("chart.across"), "muted"),
            across,
            Ui.spacer(),
            note);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("chart-tools");
    setTop(bar);
    kind.setOnAction(event -> read());
    across.setOnAction(event -> read());
    up.setOnAction(event -> read());
    read();
  }

  private void read() {
    ChartModel.Kind wanted = kind.getValue();
    int x = across.getValue();
    int y = up.getValue();
    background.call(
        () -> ChartModel.of(model, wanted, x, y),
        chart -> {
          if (kind.getValue() == wanted && across.getValue() == x && up.getValue() == y) {
            draw(chart);
          }
        },
        problem -> note.setText(problem.getMessage()));
  }

  private void draw(ChartModel chart) {
    Ui.shown(across, chart.kind() != ChartModel.Kind.HISTOGRAM);
    String thinned =
        chart.thinned() > 0
            ? messages.text("chart.thinned", messages.number(chart.thinned())) + "  "
            : "";
    String dropped =
        chart.dropped() > 0 ? messages.text("chart.dropped", messages.number(chart.dropped())) : "";
    note.setText(thinned + dropped);
    NumberAxis upAxis = new NumberAxis();
    upAxis.setLabel(
        chart.kind() == ChartModel.Kind.HISTOGRAM ? messages.text("chart.count") : chart.up());
    XYChart<?, Number> drawn =
        switch (chart.kind()) {
          case BAR, HISTOGRAM -> {
            BarChart<String, Number> bars = new BarChart<>(named(chart), upAxis);
            bars.setBarGap(1);
            bars.setCategoryGap(chart.kind() == ChartModel.Kind.HISTOGRAM ? 1 : 6);
            XYChart.Series<String, Number> series = new XYChart.Series<>();
            chart.points().forEach(p -> series.getData().add(new XYChart.Data<>(p.label(), p.y())));
            bars.getData().add(series);
            yield bars;
          }
          case LINE -> {
            LineChart<Number, Number> line = new LineChart<>(numbers(chart), upAxis);
            line.setCreateSymbols(false);
            line.getData().add(series(chart));
            yield line;
          }
          case SCATTER -> {
            ScatterChart<Number, Number> scatter = new ScatterChart<>(numbers(chart), upAxis);
            scatter.getData().add(series(chart));
            yield scatter;
          }
        };
    drawn.setAnimated(false);
    drawn.setLegendVisible(false);
    drawn.setAccessibleText(
        messages.text(
            "chart.words",
            messages.text("chart." + chart.kind().name().toLowerCase(Locale.ROOT)),
            chart.up(),
            chart.across(),
            messages.number(chart.points().size())));
    setCenter(drawn);
  }

  private static XYChart.Series<Number, Number> series(ChartModel chart) {
    XYChart.Series<Number, Number> series = new XYChart.Series<>();
    chart.points().forEach(p -> series.getData().add(new XYChart.Data<>(p.x(), p.y())));
    return series;
  }

  private static CategoryAxis named(ChartModel chart) {
    CategoryAxis axis = new CategoryAxis();
    axis.setLabel(chart.across());
    axis.setAnimated(false);
    return axis;
  }

  private static Axis<Number> numbers(ChartModel chart) {
    NumberAxis axis = new NumberAxis();
    axis.setLabel(chart.across());
    axis.setForceZeroInRange(false);
    axis.setAnimated(false);
    return axis;
  }
}
