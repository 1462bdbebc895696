using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace NanoFormer.Monitor.Tests.Reading;

/// <summary>Logs for tests: the case files, and lines with checksums computed bit by bit, apart from the reader's tables.</summary>
internal static class CaseLog
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static string PathOf(string name) => Path.Combine(Folder(), name + ".log");

    /// <summary>A complete line, with CR LF.</summary>
    public static string Line(string record)
    {
        string text = record + " ";
        return string.Create(CultureInfo.InvariantCulture, $"{text}*{Crc(text):X4}\r\n");
    }

    public static string Head(long seq = 0, long time = 100, string rest = "") =>
        Line(Invariant($"nf1 head seq={seq} t_ms={time} schema=1 fw=nanoformer-wearable/0.1.0 model=wearable-har model_crc=F5FCDA9E image=44176 arena=4128 window=128 hop=64 rate_millihertz=50000{rest}"));

    public static string Infer(long seq, long time, string label = "WALKING", int conf = 228, string rest = "") =>
        Line(Invariant($"nf1 infer seq={seq} t_ms={time} label={label} raw={label} conf={conf}{rest} smoothed=0 still=0 latency_us=7000 arena=4128 t0_ms={time - 2560}"));

    /// <summary>A head, a boot, and windows from seq 2 on.</summary>
    public static string Session(int windows, string head = "") =>
        Head(rest: head) + Line("nf1 boot seq=1 t_ms=100 reset=start sensor_id=68 sensor=genuine self_test=ok")
        + string.Concat(Enumerable.Range(0, windows).Select(i => Infer(2 + i, 5000 + (i * 1280L), i % 3 == 0 ? "WALKING" : "SITTING")));

    public static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);

    public static int Crc(string text)
    {
        int crc = 0xFFFF;
        foreach (char c in text)
        {
            crc ^= c << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
            }

            crc &= 0xFFFF;
        }

        return crc;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(path)!)!, "Cases");
}
