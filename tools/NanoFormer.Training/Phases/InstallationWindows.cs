using NanoFormer.Data;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Training.Phases;

/// <summary>Windows of recordings that each are an installation.</summary>
/// <param name="Train">Windows to learn from, at all phases of the blocks.</param>
/// <param name="Test">One window for every block behind the baselines, speaking for that block's samples.</param>
/// <param name="Baselines">One window for every block of the baselines of what is judged.</param>
internal sealed record InstallationWindows(WindowSet Train, WindowSet Test, WindowSet Baselines)
{
    /// <exception cref="ConfigException">The configuration does not fit the recordings.</exception>
    /// <exception cref="DataException">A recording is shorter than its baseline.</exception>
    public static InstallationWindows Cut(
        IReadOnlyList<Recording> recordings, RecordingDataOptions options, InstallationOptions installation)
    {
        ScoreValidator.ValidateFor(installation, options.WindowSamples, recordings[0].Channels.Count, recordings.Select(r => r.Name),
            "data.recordings.installation");
        string[] classes = RecordingWindows.ClassesOf(recordings, options);
        var judged = recordings.Where(recording => !installation.NormalRecordings.Contains(recording.Name)).ToArray();
        var rest = Windows(judged.Select(recording => Installations.Rest(recording, installation, options.WindowSamples)));
        return new InstallationWindows(
            Windows(recordings.SelectMany(recording => Installations.ToLearn(recording, installation))),
            rest.SpeakingFor([.. judged.SelectMany(recording => Installations.Spoken(recording, installation))]),
            Windows(judged.Select(recording => Installations.Usual(recording, installation))));

        WindowSet Windows(IEnumerable<Recording> blocks) =>
            StreamWindowing.Cut([.. blocks], classes, classes[0], options.WindowSamples, hopSamples: 1);
    }
}
