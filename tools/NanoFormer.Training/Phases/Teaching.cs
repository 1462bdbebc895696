using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>A teacher's answers.</summary>
internal static class Teaching
{
    /// <summary>The teacher's logits for scaled windows; null without a teacher.</summary>
    public static Tensor? Logits(Encoder? teacher, Tensor inputs, bool everyToken)
    {
        using var inference = no_grad();
        return teacher?.Run(new FloatOperators(inputs), everyToken).Logits;
    }
}
