using System.Globalization;
using System.Text;
using NanoFormer.Mlperf;

namespace NanoFormer.Corpus;

/// <summary>What a host may say to a device under test of MLPerf Tiny, and what the managed device answers.</summary>
internal static class DeviceCorpus
{
    private const int Transcripts = 200;
    private const int Commands = 40;
    private const char EdgeMark = (char)1;

    private static readonly string[] Whole =
    [
        "name", "timestamp", "profile", "help", "results", "db print", "db print 4 2", "db", "db load", "", " ", "  name  ", "Name",
        "names", "nam", "stop", "infer", "infer 1 0", "infer 3 2", "infer 3", "infer 0 1", "infer -1", "infer 1 -1", "infer x", "infer 1 x",
        "infer 2147483648", "infer 99999999999999999999 1", "infer +1", "infer 1.5", "infer -", "db load 12", "db load 12", "db load 12", "db load 13",
        "db load 1", "db load 0", "db load -5", "db load x", "db load 27648", "db load 27649", "db load 2147483647", "db load 4294967296", "db 000g",
        "db g0", "db 0", "db %", "db zz\u00ff\u0000", "\u0000\u0001\n", "name\r\n",
    ];

    public static IReadOnlyCollection<CorpusRecord> Records() => [.. Enumerable.Range(0, Transcripts).Select(Record)];

    private static CorpusRecord Record(int number)
    {
        byte[] commands = Encoding.Latin1.GetBytes(Said(new Random(number)));
        var port = new Listener(isEnergyMode: number % 4 == 3);
        var device = new DeviceUnderTest(port, port, DeviceUnderTest.Vendor);
        device.Boot();
        device.Take(commands, commands.Length);
        byte[] answers = Encoding.Latin1.GetBytes(port.Heard.ToString());
        return new CorpusRecord("transcript", new PayloadWriter().Array<int>([port.IsEnergyMode ? 1 : 0, commands.Length, answers.Length, 0])
            .Array<byte>(commands).Array<byte>(answers).ToArray());
    }

    /// <summary>Whole inputs and runs of them, between commands of every kind, some damaged.</summary>
    private static string Said(Random random)
    {
        var text = new StringBuilder();
        for (int i = 0; i < Commands; i++)
        {
            text.Append(random.Next(4) switch
            {
                0 => "db load 12%" + Bytes(random, 7) + "%" + Bytes(random, 5) + "%" + "infer 2 1%",
                1 => Bytes(random, random.Next(1, 45)),
                2 => Damaged(random, "db 00ff10AbCd"),
                _ => Whole[random.Next(Whole.Length)],
            }).Append('%');
        }

        return text.ToString();
    }

    private static string Bytes(Random random, int count) =>
        "db " + string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(256).ToString(random.Next(2) == 0 ? "x2" : "X2", CultureInfo.InvariantCulture)));

    private static string Damaged(Random random, string command)
    {
        var text = new StringBuilder(command);
        text[random.Next(text.Length)] = (char)random.Next(256);
        return text.ToString();
    }

    /// <summary>Hears what the device says; its model is that of tests/native/mlperf.</summary>
    private sealed class Listener(bool isEnergyMode) : IBenchmarkPort, IBenchmarkModel
    {
        private const int MicrosecondsPerRun = 1234;

        public StringBuilder Heard { get; } = new();

        public bool IsEnergyMode => isEnergyMode;

        public long Microseconds { get; private set; }

        public string Id => "toy";

        public int InputBytes => 12;

        public int ResultCount => 5;

        public void Write(byte[] bytes, int count) => Heard.Append(Encoding.Latin1.GetString(bytes, 0, count));

        public void Edge() => Heard.Append(EdgeMark);

        public void Run(byte[] input, sbyte[] results)
        {
            Microseconds += MicrosecondsPerRun;
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = (sbyte)(input[i] + (3 * input[i + 1]) + i - 128);
            }
        }
    }
}
