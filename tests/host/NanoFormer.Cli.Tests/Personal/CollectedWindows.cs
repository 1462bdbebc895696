using System.Globalization;
using NanoFormer.Cli.Tests.Firmware;
using NanoFormer.Emulator;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Tests.Personal;

/// <summary>
/// What a card must say, from a device's log and the documents alone (firmware/LOG-FORMAT.md, tools/NanoFormer.Training/README.md):
/// neither the reader of logs nor the code that cuts windows is used.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="model">The model that it was collected for.</param>
internal sealed class CollectedWindows(string log, ModelInfo model)
{
    private const int WindowsLearnt = 20;
    private const int DigitsOfChecksum = 4;
    private const string Tag = "nf1 ";

    private readonly Dictionary<string, List<short[][]>> _bouts = Read(log, model.ChannelCount);

    /// <summary>Samples in whole lines of the log.</summary>
    public int Samples => _bouts.Values.SelectMany(bouts => bouts).Sum(bout => bout.Length);

    /// <summary>Of a class: windows learnt, windows judged, and errors on these before and after.</summary>
    /// <param name="label">The class.</param>
    /// <param name="before">The old image.</param>
    /// <param name="after">The wearer's image.</param>
    public (int Learnt, int Judged, int Before, int After) Count(string label, byte[] before, byte[] after)
    {
        var bouts = _bouts[label];
        int[] windows = [.. bouts.Select(bout => bout.Length < model.WindowSamples ? 0 : ((bout.Length - model.WindowSamples) / model.HopSamples) + 1)];
        int[] learnt = Learnt(windows);
        int shared = (model.WindowSamples + model.HopSamples - 1) / model.HopSamples; // hops after which no sample is shared
        short[][] judged = [.. bouts.Index().SelectMany(bout => Enumerable.Range(0, windows[bout.Index])
            .Where(window => learnt[bout.Index] == 0 || window >= learnt[bout.Index] - 1 + shared)
            .Select(window => Window(bout.Item, window)))];
        return (learnt.Sum(), judged.Length, Errors(before, judged, label), Errors(after, judged, label));
    }

    /// <summary>Windows learnt of each bout: one of each in turn, at most half of it.</summary>
    private static int[] Learnt(int[] windows)
    {
        int[] learnt = new int[windows.Length];
        int left = WindowsLearnt;
        for (int rank = 0; rank < windows.Max(); rank++)
        {
            for (int bout = 0; bout < windows.Length; bout++)
            {
                if (left > 0 && rank < (windows[bout] + 1) / 2)
                {
                    learnt[bout]++;
                    left--;
                }
            }
        }

        return learnt;
    }

    private static int Errors(byte[] image, short[][] windows, string label)
    {
        using var engine = new ReferenceEngine(image);
        sbyte[] output = new sbyte[engine.Info.OutputCount];
        return windows.Count(window =>
        {
            engine.Run(window, output);
            return engine.Info.Labels[Array.IndexOf(output, output.Max())] != label;
        });
    }

    private short[] Window(short[][] bout, int window) =>
        [.. bout.Skip(window * model.HopSamples).Take(model.WindowSamples).SelectMany(sample => sample)];

    /// <summary>By class the stretches without a hole, [samples][channels] each.</summary>
    private static Dictionary<string, List<short[][]>> Read(string log, int channels)
    {
        var bouts = new Dictionary<string, List<short[][]>>();
        var stretches = new List<List<short[]>>();
        string? label = null;
        long next = 0;
        foreach (string line in Records(log))
        {
            string[] words = line.Split(' ');
            switch (words[1])
            {
                case "boot" or "collect":
                    EndRecording();
                    label = Field(words, "label") ?? label;
                    break;
                case "samples":
                    long first = long.Parse(Field(words, "first")!, CultureInfo.InvariantCulture);
                    if (stretches.Count == 0 || first != next)
                    {
                        stretches.Add([]);
                    }

                    short[][] samples = [.. Field(words, "v")!.Chunk(4)
                        .Select(digits => short.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Chunk(channels)];
                    stretches[^1].AddRange(samples);
                    next = first + samples.Length;
                    break;
                case "collected":
                    label = Field(words, "label");
                    EndRecording();
                    break;
            }
        }

        EndRecording();
        return bouts;

        void EndRecording()
        {
            if (label is not null && stretches.Count > 0)
            {
                bouts.TryAdd(label, []);
                bouts[label].AddRange(stretches.Select(stretch => stretch.ToArray()));
            }

            (label, next) = (null, 0);
            stretches.Clear();
        }
    }

    /// <summary>Wherever the tag begins a record whose checksum is right, whatever noise made of the line's end before it.</summary>
    private static IEnumerable<string> Records(string log)
    {
        for (int at = log.IndexOf(Tag, StringComparison.Ordinal); at >= 0; at = log.IndexOf(Tag, at + 1, StringComparison.Ordinal))
        {
            int star = log.IndexOf('*', at);
            if (star >= 0 && star + DigitsOfChecksum < log.Length && log[at..(star + 1 + DigitsOfChecksum)] is var line && LogChecksum.IsRight(line))
            {
                yield return line;
            }
        }
    }

    private static string? Field(string[] words, string key) =>
        words.FirstOrDefault(word => word.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];
}
