using System.Globalization;

namespace NanoFormer.Cli.Tests;

/// <summary>What the shipped model must be, whoever trained it.</summary>
public class ShippedModelTests
{
    [Fact]
    public void Card_is_of_this_image()
    {
        var card = ShippedModel.Card();
        var image = ShippedModel.Read();

        Assert.Equal(image.Graph.ModelId, card.Name);
        Assert.Equal(image.Crc32, uint.Parse(card.ImageCrc32, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(ShippedModel.Image.Length, card.ImageBytes);
        Assert.Equal(image.Plan.ArenaBytes, card.ArenaBytes);
        Assert.Equal(image.Graph.Labels, card.Classes);
        Assert.Equal(card.Test.Int8Correct, card.Test.Int8Confusion!.Select((row, i) => row[i]).Sum());
        Assert.Equal(card.Test.Windows, card.Test.Int8Confusion!.Sum(row => row.Sum()));
    }

    [Fact]
    public void Model_is_small_and_accurate_enough()
    {
        var test = ShippedModel.Card().Test;

        Assert.InRange(ShippedModel.Image.Length, 1, 64 * 1024);
        Assert.Equal(2947, test.Windows);
        Assert.InRange((double)test.Int8Correct! / test.Windows, 0.94, 1);
        Assert.InRange(test.FloatAccuracy!.Value - test.Int8Accuracy!.Value, -1, 0.0055);
    }

    [Fact]
    public void Image_tests_itself()
    {
        Assert.NotEmpty(ShippedModel.Read().Graph.TestVectors);
        using var reference = ShippedModel.Reference();
        reference.SelfTest();
    }

    [Fact]
    public void Gate_is_one_that_a_sure_answer_can_pass() => Assert.InRange(ShippedModel.Read().Graph.GateThresholdPermille, 1, 999);
}
