using NanoFormer.Data;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

/// <summary>A training warns in advance of what will spoil it.</summary>
public sealed class DataWarningsTests
{
    private static readonly string[] Names = ["rest", "walk"];

    [Fact]
    public void Good_data_gets_no_warning() => Assert.Empty(Warnings(Windows("ada", [0, 1], 1000), Windows("bob", [0, 1], 1000)));

    [Fact]
    public void A_range_that_clips_is_told_with_a_better_one() =>
        Assert.Contains(Warnings(Windows("ada", [0, 1], 9000), Windows("bob", [0, 1], 9000)), warning => warning.Contains("are clipped; 9 would hold", StringComparison.Ordinal));

    [Fact]
    public void A_range_that_is_hardly_used_is_told() =>
        Assert.Contains(Warnings(Windows("ada", [0, 1], 100), Windows("bob", [0, 1], 100)), warning => warning.Contains("in finer steps", StringComparison.Ordinal));

    [Fact]
    public void A_class_without_data_is_told_by_name()
    {
        string[] warnings = Warnings(Windows("ada", [0, 0], 1000), Windows("bob", [1, 1], 1000));

        Assert.Contains(warnings, warning => warning.StartsWith("no window to learn from: walk", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.StartsWith("no window to judge by: rest", StringComparison.Ordinal));
    }

    [Fact]
    public void A_subject_on_both_sides_is_told() => Assert.Contains(
        Warnings(Windows("ada", [0, 1], 1000), Windows("ada", [0, 1], 1000)), warning => warning.Contains("such as ada", StringComparison.Ordinal));

    [Theory]
    [InlineData(new[] { 0, 1 }, new[] { 0, 1 }, "the accuracy says nothing")]
    [InlineData(new[] { 1, 1 }, new[] { 0, 1 }, "the accuracy of walk says nothing")]
    [InlineData(new[] { 0, 0 }, new[] { 1, 1 }, "the accuracy says nothing")] // known, but not by the class that is judged
    public void The_classes_that_are_judged_on_subjects_they_were_learnt_from_are_named(int[] learnt, int[] judged, string said)
    {
        var train = Windows("ada", [0, 1], 1000).Concat(Windows("bob", learnt, 1000));

        Assert.Contains(Warnings(train, Windows("bob", judged, 1000)), warning => warning.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Mixed_units_are_told() => Assert.Contains(
        Warnings(Windows("ada", [0, 1], 1000), Windows("bob", [0, 1], 9807)), warning => warning.StartsWith("mixed units: ada feels 1.73 g", StringComparison.Ordinal));

    private static string[] Warnings(WindowSet train, WindowSet test)
    {
        var config = TrainingConfig.Parse("""
            {
              "name": "small", "purpose": "None.", "data": { "credit": "Made up." },
              "input": { "ranges": [2, 2, 2], "hopSamples": 4, "gateThresholdPermille": 500 },
              "architecture": {
                "streams": [ { "convolutions": [ { "channels": 8, "kernel": 3, "stride": 2 } ] } ],
                "blocks": [ { "heads": 2, "headColumns": 4, "feedForward": 8 } ]
              },
              "floatTraining": { "epochs": 1, "batchSize": 8, "learningRate": 0.01, "weightDecay": 0, "labelSmoothing": 0, "dropout": 0 },
              "augmentation": {},
              "quantization": { "epochs": 0, "observeEpochs": 0, "learningRate": 0.001 }
            }
            """);
        return [.. DataWarnings.Of(config, new TrainingData("made up", "", train, test, null))];
    }

    private static WindowSet Windows(string subject, int[] labels, short value) => new()
    {
        WindowSamples = 8,
        RateHz = 50,
        Channels = [new("acc_x", "g", 1e-3), new("acc_y", "g", 1e-3), new("acc_z", "g", 1e-3)],
        ClassNames = Names,
        Samples = [.. Enumerable.Repeat(value, 8 * 3 * labels.Length)],
        Labels = labels,
        Subjects = [.. labels.Select(_ => subject)],
    };
}
