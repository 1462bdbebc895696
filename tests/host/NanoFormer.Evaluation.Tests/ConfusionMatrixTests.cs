namespace NanoFormer.Evaluation.Tests;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Counts_accuracy_and_f1_are_those_worked_out_by_hand()
    {
        var matrix = new ConfusionMatrix(3, [0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 2, 2]);

        Assert.Equal([2, 1, 0], matrix.Counts[0]);
        Assert.Equal([0, 1, 1], matrix.Counts[1]);
        Assert.Equal(4, matrix.Correct);
        Assert.Equal(4.0 / 6, matrix.Accuracy, 12);
        Assert.Equal((0.8 + 0.5 + 2.0 / 3) / 3, matrix.MacroF1, 12);
    }

    [Fact]
    public void Every_window_needs_an_answer() => Assert.Throws<ArgumentException>(() => new ConfusionMatrix(2, [0, 1], [0]));
}
