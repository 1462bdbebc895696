using NanoFormer.Training.Configuration;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Passes over augmented training windows: the part that both phases share.</summary>
internal sealed class EpochLoop(WindowTensors windows, Augmentation augmentation, InputScaling scaling, FloatTrainingOptions options)
{
    /// <summary>Steps in an epoch.</summary>
    public int Steps => windows.Count / options.BatchSize + (windows.Count % options.BatchSize >= 2 ? 1 : 0);

    /// <summary>Runs one epoch.</summary>
    /// <param name="forward">The network: inputs <c>[B, T, C]</c> to logits <c>[B, classes]</c>.</param>
    /// <param name="optimizer">Its parameters' optimizer.</param>
    /// <param name="schedule">Advanced after each step.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <returns>Mean loss and accuracy over the epoch's windows.</returns>
    public (double Loss, double Accuracy) Run(
        Func<Tensor, Tensor> forward, optim.Optimizer optimizer, optim.lr_scheduler.LRScheduler schedule, CancellationToken cancellation)
    {
        double loss = 0;
        long correct = 0;
        long seen = 0;
        foreach (var batch in windows.ShuffledBatches(options.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var labels = windows.Labels.index_select(0, batch);
            var logits = forward(scaling.Apply(augmentation.Apply(windows.Values.index_select(0, batch))));
            var batchLoss = nn.functional.cross_entropy(logits, labels, label_smoothing: options.LabelSmoothing);
            optimizer.zero_grad();
            batchLoss.backward();
            optimizer.step();
            schedule.step();
            loss += batchLoss.item<float>() * labels.shape[0];
            correct += logits.argmax(1).eq(labels).sum().item<long>();
            seen += labels.shape[0];
        }
        return (loss / seen, (double)correct / seen);
    }
}
