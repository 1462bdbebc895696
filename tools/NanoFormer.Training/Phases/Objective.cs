using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>What a training makes small: cross entropy, distance from a teacher, anomaly score of normal windows.</summary>
/// <param name="labelSmoothing">Probability spread over all classes.</param>
/// <param name="classWeights">What each class counts, <c>[classes]</c>; null for the same.</param>
/// <param name="score">The score of the network; null without.</param>
/// <param name="faults">How windows with injected faults count; null without such.</param>
/// <param name="teaching">How much the teacher counts; null without one.</param>
internal sealed class Objective(double labelSmoothing, Tensor? classWeights, ScoreOptions? score, FaultTrainingOptions? faults,
    DistillationOptions? teaching)
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="result">Logits <c>[B, classes]</c> or <c>[B, S, classes]</c>, error <c>[B, 1]</c>.</param>
    /// <param name="batch">Its windows and labels.</param>
    /// <param name="taught">The teacher's logits.</param>
    /// <param name="scoreGain">What the error was multiplied by.</param>
    public Tensor Loss(EncoderResult<Tensor> result, Batch batch, Tensor? taught, double scoreGain)
    {
        var loss = zeros(1);
        if (result.Logits is { } logits)
        {
            loss = loss + Classes(logits.flatten(0, -2), batch.Labels.flatten(), taught?.flatten(0, -2));
        }

        return result.Score is { } distance ? loss + Anomaly(distance / Math.Pow(scoreGain, (int)score!.Norm), batch.Faulty) : loss;
    }

    private Tensor Anomaly(Tensor error, Tensor? faulty)
    {
        if (faulty is null || faults is null)
        {
            return score!.Weight * error.mean();
        }

        var bad = faulty.reshape(error.shape);
        var beyond = (error - faults.Margin) / faults.Softness;
        var parted = nn.functional.softplus(beyond * (1 - 2 * bad)).mean();
        return score!.Weight * (error * (1 - bad)).sum() / (1 - bad).sum().clamp_min(1) + faults.Weight * parted;
    }

    private Tensor Classes(Tensor logits, Tensor labels, Tensor? taught)
    {
        var hard = nn.functional.cross_entropy(logits, labels, classWeights, label_smoothing: labelSmoothing);
        if (taught is null || teaching is null)
        {
            return hard;
        }

        double heat = teaching.Temperature;
        var soft = -((taught / heat).softmax(-1) * (logits / heat).log_softmax(-1)).sum([-1]).mean() * heat * heat;
        return (1 - teaching.Weight) * hard + teaching.Weight * soft;
    }
}
