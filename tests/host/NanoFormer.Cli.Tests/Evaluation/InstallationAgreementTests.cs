using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Evaluation;
using NanoFormer.Cli.Models;
using NanoFormer.Data;
using NanoFormer.Evaluation;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Tests.Evaluation;

/// <summary>The firmware's monitor, fed sample by sample, against the windows that the tools cut and judge.</summary>
public class InstallationAgreementTests
{
    [Fact]
    public void The_monitor_raises_the_alarms_that_the_card_counts()
    {
        Native.RequireHost();
        string dataset = Repository.RequireDataset("skab");
        var model = ModelFile.Load(Path.Combine(Repository.Root, "model-blobs", "industrial-skab"));
        var config = model.ReadConfig()!;
        var recordings = PackedDataset.Open(dataset).ReadRecordings();
        var judged = recordings.Where(r => !config.Data.Recordings!.Installation!.NormalRecordings.Contains(r.Name));
        using var transformer = new Transformer(EngineFactory.Open(EngineFactory.Host, model.Image));

        var counts = DetectionCounts.Pool(judged.Select(recording => Watch(transformer, Settings(config, recording), recording)));

        var claim = CardAccuracy.Read(model, null, EvaluationWindows.TestSplit)!.Result.Detection!;
        Assert.Equal(claim.ToCounts(), counts);
        Assert.InRange(counts.F1, 0.78, 1);
        Assert.InRange(counts.FalseAlarmRate, 0, 0.15);
    }

    private static InstallationSettings Settings(Training.Configuration.TrainingConfig config, Recording recording)
    {
        var trained = config.Data.Recordings!.Installation!;
        return new InstallationSettings
        {
            BaselineSamples = trained.BaselineSamples,
            BlockSamples = trained.BlockSamples,
            LimitPermille = (int)(trained.LimitFactor * 1000),
            SmallestSpreads = [.. trained.SmallestSpreads.Zip(recording.Channels, (spread, c) => (int)Math.Round(spread / c.Scale))],
        };
    }

    /// <summary>A verdict is about the block of samples before it; the last one stands for what makes no block any more.</summary>
    private static DetectionCounts Watch(Transformer transformer, InstallationSettings settings, Recording recording)
    {
        var monitor = new InstallationMonitor(transformer, settings);
        List<bool> alarms = [];
        foreach (short[] sample in recording.Samples.Chunk(recording.Channels.Count))
        {
            if (monitor.Add(sample))
            {
                alarms.AddRange(Enumerable.Repeat(monitor.IsAnomalous, settings.BlockSamples));
            }
        }

        int rows = recording.SampleCount - settings.BaselineSamples;
        alarms.AddRange(Enumerable.Repeat(alarms[^1], rows - alarms.Count));
        return DetectionCounts.Of([.. recording.Labels!.Skip(settings.BaselineSamples).Select(label => label == 1)], alarms);
    }
}
