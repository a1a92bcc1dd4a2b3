import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Packs `sluice-SIZE.png` into `sluice.ico` and `sluice.icns`; both formats hold PNGs as they are.
public final class Pack {

  private Pack() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    ico(folder, List.of(16, 32, 48, 256));
    icns(folder, new TreeMap<>(Map.of("ic07", 128, "ic08", 256, "ic09", 512)));
  }

  private static void ico(Path folder, List<Integer> sizes) throws IOException {
    List<byte[]> images = new ArrayList<>();
    for (int size : sizes) {
      images.add(png(folder, size));
    }
    int offset = 6 + 16 * sizes.size();
    int length = offset + images.stream().mapToInt(image -> image.length).sum();
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0).putShort((short) 1).putShort((short) sizes.size());
    for (int index = 0; index < sizes.size(); index++) {
      byte side = (byte) (sizes.get(index) % 256);
      out.put(side).put(side).put((byte) 0).put((byte) 0).putShort((short) 1).putShort((short) 32);
      out.putInt(images.get(index).length).putInt(offset);
      offset += images.get(index).length;
    }
    images.forEach(out::put);
    Files.write(folder.resolve("sluice.ico"), out.array());
  }

  private static void icns(Path folder, Map<String, Integer> types) throws IOException {
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(entries);
    for (Map.Entry<String, Integer> type : types.entrySet()) {
      byte[] image = png(folder, type.getValue());
      data.write(type.getKey().getBytes(StandardCharsets.US_ASCII));
      data.writeInt(8 + image.length);
      data.write(image);
    }
    ByteBuffer out = ByteBuffer.allocate(8 + entries.size());
    out.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(8 + entries.size());
    out.put(entries.toByteArray());
    Files.write(folder.resolve("sluice.icns"), out.array());
  }

  private static byte[] png(Path folder, int size) throws IOException {
    return Files.readAllBytes(folder.resolve("sluice-" + size + ".png"));
  }
}
