using NanoFormer.Cli.Evaluation;
using NanoFormer.Cli.Models;
using NanoFormer.Data;
using NanoFormer.Training.Cards;

namespace NanoFormer.Cli.Tests.Evaluation;

public class CardAccuracyTests
{
    private static readonly CardResult Claim = new(3, 1, 2.0 / 3, 2, 0.66, [[1, 0], [1, 1]], 1) { Alarms = 0.333333 };

    [Fact]
    public void Card_is_confirmed_by_equal_counts() => Assert.True(IsConfirmed(Claim));

    [Fact]
    public void Card_of_a_score_alone_is_confirmed_by_its_alarms()
    {
        var card = new CardAccuracy(new CardResult(3, null, null, null, null, null, 1) { Alarms = 0.333333 }, "data");

        Assert.True(card.IsConfirmedBy(new Judgement(null, null, 1.0 / 3), windows: 3));
        Assert.False(card.IsConfirmedBy(new Judgement(null, null, 2.0 / 3), windows: 3));
    }

    [Fact]
    public void Any_other_count_refutes_it()
    {
        Assert.False(IsConfirmed(Claim with { Windows = 4 }));
        Assert.False(IsConfirmed(Claim with { Int8Correct = 1 }));
        Assert.False(IsConfirmed(Claim with { Int8Confusion = [[1, 0], [0, 2]] }));
        Assert.False(IsConfirmed(Claim with { Alarms = 0.33 }));
    }

    private static bool IsConfirmed(CardResult claim)
    {
        var windows = new WindowSet
        {
            WindowSamples = 1,
            RateHz = 1,
            Channels = [new ChannelInfo("u", "V", 1)],
            ClassNames = ["low", "high"],
            Samples = new short[3],
            Labels = [0, 1, 1],
            Subjects = ["a", "a", "a"],
        };
        return new CardAccuracy(claim, "data").IsConfirmedBy(
            Judgement.Of(windows, new Predictions([0, 0, 1], [1, 1, 1], [1, 2, 3]), alarmScore: 3), windows.Count);
    }
}
