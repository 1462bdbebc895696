using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Runs the epochs of a phase: takes up where a checkpoint left, reports, and keeps the state after each.</summary>
internal sealed class PhaseRunner(
    EpochLoop epochs, Checkpoint checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
{
    public EpochLoop Epochs => epochs;

    /// <summary>Trains <paramref name="network"/> in place.</summary>
    /// <param name="phase">Where in the training this is.</param>
    /// <param name="name">Name of the phase's checkpoint.</param>
    /// <param name="network">What learns.</param>
    /// <param name="count">Epochs.</param>
    /// <param name="optimizer">Of its parameters.</param>
    /// <param name="schedule">Of the optimizer's learning rate.</param>
    /// <param name="forward">Its forward pass.</param>
    /// <param name="loss">The loss of its result, windows and labels.</param>
    /// <param name="quantizer">Its quantizer, kept and restored with it.</param>
    /// <param name="before">Called with the number of each epoch before it.</param>
    /// <exception cref="ConfigException"><see cref="ConfigError.Diverged"/>: the loss or the weights are not finite.</exception>
    public void Run(
        TrainingPhase phase, string name, Encoder network, int count, OptimizerHelper optimizer, optim.lr_scheduler.LRScheduler schedule,
        Func<Batch, EncoderResult<Tensor>> forward, Func<EncoderResult<Tensor>, Batch, Tensor> loss,
        ActivationQuantizer? quantizer = null, Action<int>? before = null)
    {
        int done = checkpoint.Epochs(name);
        for (int step = 0; step < done * epochs.Steps; step++)
        {
            schedule.step(); // before the optimizer is loaded: a step goes on from the optimizer's own learning rate
        }

        checkpoint.Load(name, network, optimizer, quantizer);
        for (int epoch = done + 1; epoch <= count; epoch++)
        {
            before?.Invoke(epoch);
            var (mean, accuracy) = epochs.Run(name, forward, loss, optimizer, schedule, cancellation);
            Divergence.ThrowUnlessFinite(network, name);
            checkpoint.Save(name, epoch, network, optimizer, quantizer);
            progress?.Report(new TrainingProgress(phase, epoch, count, mean, accuracy));
        }
    }
}
