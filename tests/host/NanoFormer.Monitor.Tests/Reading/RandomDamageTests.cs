using System.Globalization;
using NanoFormer.Logs;

namespace NanoFormer.Monitor.Tests.Reading;

/// <summary>
/// Many lines with random cuts, swaps and noise: no record is read that was not written, and every one that is missing is among the
/// findings. NANOFORMER_LOG_LINES sets the number of lines, as for the million that is tried by hand.
/// </summary>
public sealed class RandomDamageTests
{
    private const int BootLines = 5000;

    private static readonly int Lines = int.Parse(
        Environment.GetEnvironmentVariable("NANOFORMER_LOG_LINES") ?? "60000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_is_read_wrong_and_every_loss_is_told(int seed)
    {
        var random = new Random(seed);
        var audit = new Audit();
        var reader = new SessionReader(audit);
        for (int written = 0; written < Lines; written += BootLines)
        {
            var boot = Boot(random, written, BootLines);
            boot.ForEach(line => audit.Written.Add(line[..^8]));
            Damage(boot, random);
            foreach (string line in boot)
            {
                reader.Feed(CaseLog.Ascii(line));
            }
        }

        reader.End();

        Assert.Equal([], audit.Wrong);
        int missing = audit.Written.Count;
        Assert.Equal(missing, reader.Devices.SelectMany(device => device.Boots).Sum(boot => boot.Lost));
        Assert.Equal(missing, audit.Lost);
        Assert.InRange(missing, audit.Read * 0.01, audit.Read * 0.1);
    }

    [Fact]
    public void Any_bytes_are_read_without_failing()
    {
        var random = new Random(3);
        byte[] marks = "\n\r\0\u001b[*nf1 =0A"u8.ToArray();
        byte[] plain = CaseLog.Bytes("debug");
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = plain.AsSpan(random.Next(plain.Length / 2), random.Next(plain.Length / 2)).ToArray();
            for (int i = random.Next(200); i > 0 && bytes.Length > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = marks[random.Next(marks.Length)];
            }

            var read = Transcript.Of(bytes, 1 + random.Next(500));
            Assert.All(read.Texts, text => Assert.StartsWith("nf1 ", text, StringComparison.Ordinal));
        }
    }

    private static List<string> Boot(Random random, int number, int count)
    {
        string[] labels = ["WALKING", "WALKING_UPSTAIRS", "SITTING", "LYING", "unknown"];
        var lines = new List<string>
        {
            CaseLog.Head(0, 100, FormattableString.Invariant($" n={number}")),
            CaseLog.Line(FormattableString.Invariant($"nf1 boot seq=1 t_ms=101 reset=start sensor_id=68 sensor=genuine self_test=ok nonce={random.Next()}")),
        };
        long time = 200 + random.Next(1000);
        for (int seq = 2; seq < count; seq++)
        {
            time += random.Next(1, 3000);
            lines.Add((seq % 50) switch
            {
                0 => CaseLog.Head(seq, time),
                7 => CaseLog.Line(FormattableString.Invariant($"nf1 sleep seq={seq} t_ms={time} run_ms={random.Next(9999)} capture_ms={random.Next(9999)} sleep_ms={random.Next(99999)}")),
                8 => CaseLog.Line(FormattableString.Invariant($"nf1 wake seq={seq} t_ms={time} cause=motion latency_us={random.Next(99999)} threshold=20 temp_cc={random.Next(4000)}")),
                _ => CaseLog.Infer(seq, time, labels[random.Next(labels.Length)], random.Next(256), random.Next(2) == 0 ? "" : FormattableString.Invariant($" score={random.Next(256)}")),
            });
        }

        return lines;
    }

    /// <summary>Damages lines in any way but at the very end of a boot, where only the next boot could tell what is missing.</summary>
    private static void Damage(List<string> lines, Random random)
    {
        for (int i = 0; i < lines.Count - 4; i++)
        {
            string line = lines[i];
            int at = random.Next(line.Length);
            int length = random.Next(1, 20);
            lines[i] = random.Next(300) switch
            {
                0 => line[..at],                                                      // the rest of the line is lost, its end too
                1 => line[..at] + "\r\n",
                2 => line[at..],
                3 => line.Remove(at, Math.Min(length, line.Length - at)),
                4 => line.Insert(at, Noise(random, length)),
                5 => line[..at] + Noise(random, Math.Min(length, line.Length - at)) + line[Math.Min(line.Length, at + length)..],
                6 => line.Insert(at, "\r\n"),
                7 => line.Insert(at, "\x11"),
                8 => line.Insert(at, "E (1234) wifi: no free heap at all "),
                9 => Swapped(line, random),
                10 => Swap(lines, i),
                11 => line.Insert(at, "[12:00:01.123] "),
                12 => line + Noise(random, 200) + "\r\n",
                13 => "",
                14 => line.Insert(at, CaseLog.Head()[..length]),
                _ => line,
            };
        }
    }

    private static string Swap(List<string> lines, int i)
    {
        (lines[i], lines[i + 1]) = (lines[i + 1], lines[i]);
        return lines[i];
    }

    private static string Swapped(string line, Random random)
    {
        char[] text = line.ToCharArray();
        var (one, other) = (random.Next(line.Length - 2), random.Next(line.Length - 2));
        (text[one], text[other]) = (text[other], text[one]);
        return new string(text);
    }

    private static string Noise(Random random, int length) =>
        new([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(256))]);

    private sealed class Audit : ISessionSink
    {
        /// <summary>What was written and not yet read.</summary>
        public HashSet<string> Written { get; } = [];

        public List<string> Wrong { get; } = [];

        public long Read { get; private set; }

        public long Lost { get; private set; }

        public void Take(scoped in LogRecord record, Boot boot)
        {
            string text = System.Text.Encoding.ASCII.GetString(record.Text);
            Read++;
            if (!Written.Remove(text))
            {
                Wrong.Add(text);
            }
        }

        public void Take(Finding finding) => Lost += finding.Kind switch
        {
            FindingKind.Lost => finding.Count,
            FindingKind.Late => -finding.Count,
            _ => 0,
        };
    }
}
