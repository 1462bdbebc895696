using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>Trained float networks that answer together: by the mean of their probabilities.</summary>
/// <param name="members">One or more, of the same classes.</param>
internal sealed class EncoderEnsemble(IReadOnlyList<Encoder> members)
{
    /// <summary>The networks.</summary>
    public IReadOnlyList<Encoder> Members => members;

    /// <summary>The only network; null where there are several.</summary>
    public Encoder? Single => members.Count == 1 ? members[0] : null;

    /// <summary>Whether it tells classes.</summary>
    public bool HasClasses => members[0].Options.Classes;

    /// <summary>Logits for scaled windows, without gradient: of several networks, the logarithm of their mean probability.</summary>
    public Tensor Logits(Tensor inputs, bool everyToken = false)
    {
        using var inference = no_grad();
        Tensor[] answers = [.. members.Select(member => member.Run(new FloatOperators(inputs), everyToken).Logits!)];
        return answers.Length == 1 ? answers[0] : stack([.. answers.Select(logits => logits.softmax(-1))]).mean([0]).clamp_min(1e-9).log();
    }
}
