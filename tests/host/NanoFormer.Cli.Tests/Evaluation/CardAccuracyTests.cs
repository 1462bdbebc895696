using NanoFormer.Cli.Evaluation;
using NanoFormer.Cli.Models;
using NanoFormer.Data;
using NanoFormer.Evaluation;
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

    [Fact]
    public void Any_other_detection_refutes_it()
    {
        var counts = new DetectionCounts(3, 1, 5, 2);
        var anomalies = new AnomalyResult(new RocCurve([1, 2, 3], [false, true, true]), counts);
        var claim = new DetectionClaim(1, 3, 1, 5, 2);
        CardResult Of(DetectionClaim? detection) => new(3, null, null, null, null, null, 1) { Detection = detection };
        bool Confirms(DetectionClaim? detection) =>
            new CardAccuracy(Of(detection), "data").IsConfirmedBy(new Judgement(null, anomalies, null), windows: 3);

        Assert.Equal(claim, DetectionClaim.From(anomalies));
        Assert.True(Confirms(claim));
        Assert.True(Confirms(null));
        Assert.All(
            [
                claim with { Auc = 0.9 }, claim with { TruePositives = 4 }, claim with { FalsePositives = 0 },
                claim with { TrueNegatives = 4 }, claim with { FalseNegatives = 1 },
            ],
            other => Assert.False(Confirms(other)));
        Assert.False(new CardAccuracy(Of(claim), "data").IsConfirmedBy(new Judgement(null, null, null), windows: 3));
    }

    [Fact]
    public void The_card_of_another_image_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "model.nfm", "model-card.json" })
        {
            File.Copy(Path.Combine(Repository.Root, "model-blobs", "wearable-har", name), folder.PathOf(name));
        }

        Assert.NotNull(CardAccuracy.Read(ModelFile.Load(folder.Name), null, "test"));

        byte[] image = File.ReadAllBytes(folder.PathOf("model.nfm"));
        image[12] ^= 1; // the checksum
        File.WriteAllBytes(folder.PathOf("model.nfm"), image);

        var fault = Assert.Throws<CommandFailure>(() => CardAccuracy.Read(ModelFile.Load(folder.Name), null, "test"));
        Assert.Equal("CARD_OF_ANOTHER_IMAGE", fault.Name);
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
