using NanoFormer.Data;

namespace NanoFormer.Training.Phases;

/// <summary>Recordings to learn from and recordings to judge on.</summary>
internal sealed record RecordingSplit(IReadOnlyList<Recording> Train, IReadOnlyList<Recording> Test)
{
    /// <summary>Parts recordings by subject, by class, or by their own split; those of classes of one subject in time.</summary>
    public static RecordingSplit Of(IReadOnlyList<Recording> recordings, RecordingDataOptions options)
    {
        List<Recording> train = [];
        List<Recording> test = [];
        foreach (var recording in recordings)
        {
            if (TestShare(recording, options) is { } share)
            {
                int begin = (int)((1 - share) * recording.SampleCount);
                train.Add(recording.Cut(0, Math.Max(begin - (int)(options.TimeGap * recording.SampleCount), 0)));
                test.Add(recording.Cut(begin, recording.SampleCount));
                continue;
            }

            if (options.TestClasses.Count > 0)
            {
                train.Add(recording.OnlyClasses(name => !options.TestClasses.Contains(name)));
                test.Add(recording.OnlyClasses(options.TestClasses.Contains));
                continue;
            }

            (IsTest(recording, options) ? test : train).Add(recording);
        }

        return new RecordingSplit(train, test);
    }

    private static bool IsTest(Recording recording, RecordingDataOptions options) => options.TestSubjects.Count > 0
        ? options.TestSubjects.Contains(recording.Subject)
        : recording.Split == WindowSource.TestSplit;

    /// <summary>The part of a recording to judge on, when its one class is split in time.</summary>
    private static double? TestShare(Recording recording, RecordingDataOptions options) =>
        recording.Labels is { Length: > 0 } labels && labels[0] != Recording.Unlabelled
        && Array.TrueForAll(labels, label => label == labels[0])
        && options.TimeSplit.TryGetValue(recording.ClassNames[labels[0]], out double share)
            ? share
            : null;
}
