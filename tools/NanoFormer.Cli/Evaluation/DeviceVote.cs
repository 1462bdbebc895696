using System.Globalization;
using NanoFormer.Cli.Reports;
using NanoFormer.Data;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Evaluation;

/// <summary>How many of the last answers vote on the device, and whether what is to be recognised lasts that long.</summary>
/// <remarks>The image does not hold it: the configuration says it to the workbench, a setting to the firmware.</remarks>
internal static class DeviceVote
{
    /// <summary>Answers that vote for a model: as its configuration says, else as the firmware decides.</summary>
    public static int Of(ModelEvaluation evaluation) => new ApplicationSettings { Voters = evaluation.Voters }.VotersFor(evaluation.Model);

    /// <summary>Answers that should vote where labelled stretches have this many windows.</summary>
    public static int For(int stretchWindows) => stretchWindows < Needed(ApplicationSettings.UsualVoters) ? 1 : ApplicationSettings.UsualVoters;

    /// <summary>Windows in a row that turn the answer.</summary>
    public static int Needed(int voters) => (voters / 2) + 1;

    /// <summary>The line that sets a vote in the application.</summary>
    public static string Setting(int voters) => string.Create(CultureInfo.InvariantCulture,
        $"new WearableSettings {{ Voters = {voters} }} in firmware/Wearable/Program.cs");

    /// <summary>A vote in words; one that is not the firmware's own with the line that sets it.</summary>
    public static string Text(int voters, bool isSet) => string.Create(CultureInfo.InvariantCulture,
        $"{Needed(voters)} of {Counted.Of(voters, "window")}") + (isSet ? $", with {Setting(voters)}" : "");

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
