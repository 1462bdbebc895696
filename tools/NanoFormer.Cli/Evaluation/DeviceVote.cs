using System.Globalization;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Evaluation;

/// <summary>How many of the last answers vote on the device, and whether what is to be recognised lasts that long.</summary>
internal static class DeviceVote
{
    /// <summary>Answers that vote for a model, unless an application's settings say otherwise.</summary>
    public static int Of(ModelInfo model) => new ApplicationSettings().VotersFor(model);

    /// <summary>Answers that should vote where labelled stretches have this many windows.</summary>
    public static int For(int stretchWindows) => stretchWindows < Needed(ApplicationSettings.UsualVoters) ? 1 : ApplicationSettings.UsualVoters;

    /// <summary>Windows in a row that turn the answer.</summary>
    public static int Needed(int voters) => (voters / 2) + 1;

    /// <summary>A vote in words.</summary>
    public static string Text(int voters) => string.Create(CultureInfo.InvariantCulture, $"{Needed(voters)} of {Counted.Of(voters, "window")}");

    /// <summary>What a vote has to fit, in words.</summary>
    public static string Stretches(int windows) => $"labelled stretches have {Counted.Of(windows, "window")} in the middle";

    /// <summary>Windows in a row of one subject and class, the middle of such stretches.</summary>
    public static int MiddleStretch(WindowSet windows)
    {
        int[] lengths = Lengths(windows).Order().ToArray();
        return lengths[lengths.Length / 2];
    }

    private static IEnumerable<int> Lengths(WindowSet windows)
    {
        int length = 1;
        for (int i = 1; i <= windows.Count; i++)
        {
            if (i < windows.Count && windows.Labels[i] == windows.Labels[i - 1] && windows.Subjects[i] == windows.Subjects[i - 1])
            {
                length++;
                continue;
            }

            yield return length;
            length = 1;
        }
    }
}
