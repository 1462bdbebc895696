using NanoFormer.Data;
using NanoFormer.Model;
using NanoFormer.Training.Encoder;
using NanoFormer.Training.Phases;
using NanoFormer.Training.Quantizing;

namespace NanoFormer.Training.Evaluation;

/// <summary>Judges a float network, its fake-quantized descendant and the integer graph on the same windows.</summary>
internal sealed class Judge(FloatEncoder twin, FoldedEncoder folded, ActivationQuantizer quantizer, Graph graph, InputScaling scaling,
    IProgress<TrainingProgress>? progress)
{
    /// <summary>Windows from one report of progress to the next.</summary>
    private const int ReportInterval = 100;

    public SetResult Run(WindowSet set, CancellationToken cancellation)
    {
        using var tensors = new WindowTensors(set);
        var floatClasses = Prediction.Classes(Prediction.Logits(twin.forward, tensors, scaling));
        var fakeLogits = Prediction.Logits(inputs => folded.Forward(inputs, quantizer), tensors, scaling);
        var integer = IntegerAnswers.Compute(graph, set, done => Report(done, set.Count), cancellation);
        var classes = set.ClassNames.Count;
        return new SetResult(
            new ConfusionMatrix(classes, set.Labels, floatClasses),
            new ConfusionMatrix(classes, set.Labels, integer.Classes),
            Agreement.Of(fakeLogits, quantizer[ActivationNames.Logits], integer.Logits));
    }

    private void Report(int done, int total)
    {
        if (done % ReportInterval == 0 || done == total)
        {
            progress?.Report(new TrainingProgress(TrainingPhase.Evaluation, done, total, double.NaN, double.NaN));
        }
    }
}
