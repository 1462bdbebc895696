using NanoFormer.Runtime;

namespace NanoFormer.Data.Preparation;

/// <summary>Recordings of installations as a device sees them that knows its own: by the firmware's own arithmetic.</summary>
public static class Installations
{
    /// <summary>Unit of a channel that was set against its baseline.</summary>
    public const string Unit = InstallationMonitor.Unit;

    /// <summary>Every channel against what is usual in the first samples, in blocks; the subject is the recording itself.</summary>
    /// <param name="recording">The recording; it is not changed.</param>
    /// <param name="options">What is usual, and the blocks.</param>
    /// <param name="phase">Samples left out before the first block.</param>
    /// <exception cref="DataException"><see cref="DataError.Incompatible"/>: the recording is shorter than its baseline.</exception>
    public static Recording Normalize(Recording recording, InstallationOptions options, int phase = 0)
    {
        int width = recording.Channels.Count;
        if (recording.SampleCount < options.BaselineSamples)
        {
            throw new DataException(DataError.Incompatible, FormattableString.Invariant(
                $"{recording.Name} has {recording.SampleCount} samples, fewer than the baseline's {options.BaselineSamples}."));
        }

        var baseline = new ChannelBaseline(recording.Samples, options.BaselineSamples, width, SmallestSteps(recording, options));
        return recording.With(
            channels: [.. recording.Channels.Select(c => new ChannelInfo(c.Name, Unit, 1.0 / ChannelBaseline.StepsPerSpread))],
            rateHz: recording.RateHz / options.BlockSamples,
            samples: Blocks(recording, baseline, options.BlockSamples, phase),
            labels: recording.Labels is { } labels ? LabelsOfBlocks(labels, options.BlockSamples, phase) : null,
            subject: recording.Name);
    }

    /// <summary>The baseline's blocks.</summary>
    public static Recording Usual(Recording recording, InstallationOptions options, int phase = 0) =>
        Normalize(recording, options, phase).Cut(0, (options.BaselineSamples - phase) / options.BlockSamples);

    /// <summary>What there is to learn from, at every phase of the blocks: baselines, and pieces of what is normal throughout.</summary>
    public static IEnumerable<Recording> ToLearn(Recording recording, InstallationOptions options)
    {
        var phases = Enumerable.Range(0, options.BlockSamples);
        return options.NormalRecordings.Contains(recording.Name)
            ? Pieces(recording, options).SelectMany(piece => phases.Select(phase => Normalize(piece, options, phase)))
            : phases.Select(phase => Usual(recording, options, phase));
    }

    /// <summary>From the first window on that ends behind the baseline: what there is to judge.</summary>
    public static Recording Rest(Recording recording, InstallationOptions options, int windowBlocks)
    {
        var blocks = Normalize(recording, options);
        return blocks.Cut(Math.Max(options.BaselineBlocks - windowBlocks + 1, 0), blocks.SampleCount);
    }

    /// <summary>
    /// The labels of the samples that every block behind the baseline speaks for: its own, and for the last one those that make no block
    /// any more.
    /// </summary>
    public static int[][] Spoken(Recording recording, InstallationOptions options)
    {
        int[] labels = recording.Labels ?? throw new DataException(DataError.Incompatible, $"{recording.Name} has no labels.");
        int blocks = recording.SampleCount / options.BlockSamples;
        return [.. Enumerable.Range(options.BaselineBlocks, Math.Max(blocks - options.BaselineBlocks, 0)).Select(block =>
            labels[(block * options.BlockSamples)..(block == blocks - 1 ? labels.Length : (block + 1) * options.BlockSamples)])];
    }

    private static IEnumerable<Recording> Pieces(Recording recording, InstallationOptions options)
    {
        for (int start = 0; start + options.PieceSamples <= recording.SampleCount; start += options.PieceHopSamples)
        {
            yield return recording.Cut(start, start + options.PieceSamples);
        }
    }

    private static int[] SmallestSteps(Recording recording, InstallationOptions options) =>
        [.. options.SmallestSpreads.Zip(recording.Channels, (spread, channel) => (int)Math.Round(spread / channel.Scale))];

    private static short[] Blocks(Recording recording, ChannelBaseline baseline, int blockSamples, int phase)
    {
        int width = recording.Channels.Count;
        var average = new BlockAverage(blockSamples, width);
        short[] sample = new short[width];
        List<short> blocks = [];
        for (int i = phase; i < recording.SampleCount; i++)
        {
            baseline.Normalize(recording.Samples, i * width, sample);
            if (average.Add(sample))
            {
                blocks.AddRange(average.Mean);
            }
        }

        return [.. blocks];
    }

    private static int[] LabelsOfBlocks(int[] labels, int blockSamples, int phase) =>
        [.. Enumerable.Range(1, (labels.Length - phase) / blockSamples).Select(i => labels[phase + i * blockSamples - 1])];
}
