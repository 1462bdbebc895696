using NanoFormer.Cli.Evaluation;
using NanoFormer.Data;
using NanoFormer.Evaluation;
using NanoFormer.Evaluation.Opponents;

namespace NanoFormer.Cli.Tests.Evaluation;

/// <summary>The checklist fails for what it is there to find, in words that name it.</summary>
public sealed class ChecklistTests
{
    private static readonly string[] Names = ["rest", "walk", "run", "sit", "lie"];

    private static ChannelInfo[] Axes => [new("acc_x", "g", 1e-3), new("acc_y", "g", 1e-3), new("acc_z", "g", 1e-3)];

    [Fact]
    public void AModelThatIsRightFortyTimesInAHundredFails()
    {
        AssertFails(AnswerChecks.Accuracy(0.4), "40.0 %");
        Assert.Equal(CheckState.Passed, AnswerChecks.Accuracy(0.9).State);
    }

    [Fact]
    public void AModelThatAForestBeatsFails()
    {
        AssertFails(AnswerChecks.AgainstOpponent(0.6, Forest(right: 70, of: 100)), "-10.0 points against a random forest");
        AssertFails(AnswerChecks.AgainstOpponent(0.7, Forest(right: 70, of: 100)), "0.0 points");
        Assert.Equal(CheckState.Passed, AnswerChecks.AgainstOpponent(0.8, Forest(right: 70, of: 100)).State);
        AssertFails(AnswerChecks.AgainstOpponent(0.5, Forest(right: 30, of: 100) with { Majority = 0.55 }), "commonest class: 55.0 %");
    }

    [Fact]
    public void ClassesThatAreNeverAnsweredFailByName()
    {
        int[] labels = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4];
        int[] answers = [0, 0, 1, 1, 0, 0, 0, 1, 0, 1];

        var line = AnswerChecks.Recall(Names, new ConfusionMatrix(5, labels, answers), null);

        AssertFails(line, "never answered: run, sit, lie");
        Assert.Equal(CheckState.Passed, AnswerChecks.Recall(Names, new ConfusionMatrix(5, labels, labels), null).State);
    }

    [Fact]
    public void AClassWithoutAWindowFailsByName()
    {
        AssertFails(AnswerChecks.Recall(Names, new ConfusionMatrix(5, [0, 1, 2, 3], [0, 1, 2, 3]), null), "no window to judge by: lie");
        AssertFails(AnswerChecks.Recall(Names, new ConfusionMatrix(5, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]), Windows([0, 1, 2, 3], Axes)),
            "no window to learn from: lie");
    }

    [Fact]
    public void SixtyPercentOfValuesBeyondTheRangeFailEvenWhereTrainingHadThemToo()
    {
        AssertFails(InputChecks.Range(new InputClipping(0.63, 0.63)), "63.0 % of the values lie beyond input.ranges");
        AssertFails(InputChecks.Range(new InputClipping(0.0, 0.2)), "20.0 %");
        Assert.Equal(CheckState.Passed, InputChecks.Range(new InputClipping(0.001, 0.002)).State);
    }

    [Fact]
    public void MixedUnitsFailAndNameTwoSubjects()
    {
        var mixed = Windows([0, 1, 2, 3], Axes, (window, _) => window < 2 ? 600 : 5900, window => window < 2 ? "ada" : "bob");

        AssertFails(InputChecks.Units([mixed]), "ada feels 1.04 g in the middle, bob 10.22: mixed units");
        Assert.Equal(CheckState.Passed, InputChecks.Units([Windows([0, 1], Axes, (window, _) => 500 + (100 * window), window => $"{window}")]).State);
    }

    [Theory]
    [InlineData("acc_x", "g", 1000, null)]
    [InlineData("pressure", "bar", 50, "'pressure' in bar is not an axis")]
    [InlineData("mag_x", "uT", 50, "'mag_x' in uT is not an axis")]
    [InlineData("gyro_x", "rad/s", 50, "none of the channels is acceleration")]
    [InlineData("acc_x", "g", 12000, "12000 Hz is not between")]
    public void ChannelsAndRatesThatTheFirmwareRefusesFail(string name, string unit, double rate, string? reason)
    {
        var line = InputChecks.Firmware([new ChannelInfo(name, unit, 1e-3)], rate);

        if (reason is null)
        {
            Assert.Equal(CheckState.Passed, line.State);
            return;
        }

        AssertFails(line, reason);
    }

    [Fact]
    public void TwoAccelerometersFailBecauseTheDeviceHasOne() => AssertFails(
        InputChecks.Firmware([new("wrist_x", "g", 1e-3), new("chest_x", "g", 1e-3)], 50), "wrist_x and chest_x are the same axis");

    [Fact]
    public void AGateThatBelievesLittleFails() => AssertFails(AnswerChecks.Coverage(new CoveragePoint(0.5, 0.3, 0.9)), "30.0 % of the answers pass");

    [Fact]
    public void OneSubjectFarBelowTheOthersFailsByName() =>
        AssertFails(AnswerChecks.Subjects([new("ada", 50, 48), new("bob", 50, 25), new("cem", 50, 47)], 0.8), "bob with 50.0 %");

    [Fact]
    public void SeedsFarApartFail()
    {
        AssertFails(AnswerChecks.Seeds([0.8, 0.9, 0.85]), "10.0 points apart");
        Assert.Equal(CheckState.NotMeasured, AnswerChecks.Seeds([0.9]).State);
    }

    [Fact]
    public void GesturesOfOneWindowFailAgainstAVoteOfThree()
    {
        AssertFails(AnswerChecks.Events(Windows([0, 1, 0, 2], Axes), voters: 3), "\"voters\": 1 in train.json");
        Assert.Equal(CheckState.Passed, AnswerChecks.Events(Windows([0, 1, 0, 2], Axes), voters: 1).State);
        Assert.Equal(CheckState.Passed, AnswerChecks.Events(Windows([0, 0, 0, 1, 1, 1], Axes), voters: 3).State);
    }

    private static void AssertFails(ChecklistLine line, string words)
    {
        Assert.Equal(CheckState.Failed, line.State);
        Assert.Contains(words, line.Figure, StringComparison.Ordinal);
    }

    private static Opponent Forest(int right, int of) => new(
        new ConfusionMatrix(2, [.. Enumerable.Repeat(0, of)], [.. Enumerable.Range(0, of).Select(i => i < right ? 0 : 1)]), 0.1, 99);

    private static WindowSet Windows(int[] labels, ChannelInfo[] channels, Func<int, int, int>? value = null, Func<int, string>? subject = null) => new()
    {
        WindowSamples = 4,
        RateHz = 50,
        Channels = channels,
        ClassNames = Names,
        Samples = [.. labels.SelectMany((_, i) => Enumerable.Range(0, 4 * channels.Length).Select(k => (short)(value?.Invoke(i, k) ?? 577)))],
        Labels = labels,
        Subjects = [.. labels.Select((_, i) => subject?.Invoke(i) ?? "1")],
    };
}
