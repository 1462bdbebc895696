using System.Globalization;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>The collected recordings of a log, read as firmware/LOG-FORMAT.md says.</summary>
internal static class CollectedSamples
{
    private static readonly string[] Description = ["rec", "rate_millihertz", "channels", "label", "subject"];

    /// <summary>The values of each recording, in the order of the log; no line of a recording may be missing.</summary>
    public static IReadOnlyList<short[]> In(LineList log)
    {
        var recordings = new List<short[]>();
        var values = new List<short>();
        LogLine? begun = null;
        foreach (var record in log.Records)
        {
            switch (record.Kind)
            {
                case "collect":
                    Assert.Null(begun);
                    Assert.Equal(record.Number("seq", -1), record.Number("rec", -2));
                    begun = record;
                    break;
                case "samples":
                    Assert.Equal(begun!.Text("rec"), record.Text("rec"));
                    Assert.Equal(values.Count / ChannelsOf(begun), record.Number("first", -1));
                    values.AddRange(record.Text("v")!.Chunk(4).Select(Value));
                    break;
                case "collected":
                    Assert.All(Description, key => Assert.Equal(begun!.Text(key), record.Text(key)));
                    Assert.Equal(values.Count / ChannelsOf(record), record.Number("samples", -1));
                    recordings.Add([.. values]);
                    values.Clear();
                    begun = null;
                    break;
            }
        }

        Assert.Null(begun);
        return recordings;
    }

    private static short Value(char[] digits) => short.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static int ChannelsOf(LogLine collect) => collect.Text("channels")!.Split(',').Length;
}
