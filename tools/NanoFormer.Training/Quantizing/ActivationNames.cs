namespace NanoFormer.Training.Quantizing;

/// <summary>Names of the activations between the operators of a network.</summary>
internal static class ActivationNames
{
    public const string Input = "input";
    public const string Positions = "positions";
    public const string Embedded = "embedded";
    public const string Mean = "mean";
    public const string Logits = "logits";

    public static string Convolution(int index) => FormattableString.Invariant($"convolution{index}");

    public static BlockActivationNames Block(int index) => new(FormattableString.Invariant($"block{index}"));
}

/// <summary>Names of the activations in one encoder block.</summary>
internal readonly record struct BlockActivationNames(string Block)
{
    public string Queries => Block + ".queries";

    public string Keys => Block + ".keys";

    public string Values => Block + ".values";

    public string Scores => Block + ".scores";

    public string Weights => Block + ".weights";

    public string Context => Block + ".context";

    public string Projected => Block + ".projected";

    public string Attended => Block + ".attended";

    public string Hidden => Block + ".hidden";

    public string Contracted => Block + ".contracted";

    public string Output => Block + ".output";
}
