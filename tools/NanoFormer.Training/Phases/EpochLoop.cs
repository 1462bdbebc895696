using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Passes over augmented training windows: the part that all phases share.</summary>
/// <param name="windows">What is learnt from.</param>
/// <param name="augmentation">Makes new windows of them.</param>
/// <param name="scaling">Makes the network's input of them.</param>
/// <param name="batchSize">Windows in a step.</param>
/// <param name="gradientNorm">Longest gradient of a step; 0 for no limit.</param>
/// <param name="faults">Puts faults into some of the windows; null for none.</param>
/// <param name="disturbance">Puts shifts on them that are to be seen through; null for none.</param>
internal sealed class EpochLoop(
    WindowTensors windows, Augmentation augmentation, InputScaling scaling, int batchSize, double gradientNorm = 0,
    FaultAugmentation? faults = null, Disturbance? disturbance = null)
{
    /// <summary>Steps in an epoch.</summary>
    public int Steps => windows.Count / batchSize + (windows.Count % batchSize >= 2 ? 1 : 0);

    /// <summary>What a window of each class counts in the loss; null when all count the same.</summary>
    /// <param name="balance">The power of a class's rarity, 0..1.</param>
    public Tensor? ClassWeights(double balance)
    {
        if (balance == 0)
        {
            return null;
        }

        var counts = windows.Labels.flatten().bincount(null).to(ScalarType.Float32);
        return (windows.Labels.numel() / (counts.clamp_min(1) * counts.shape[0])).pow(balance);
    }

    /// <summary>Scaled windows as they are, to calibrate or measure with: these, or those of <paramref name="others"/>.</summary>
    public IEnumerable<Tensor> PlainBatches(IReadOnlyList<int> indices, WindowTensors? others = null)
    {
        foreach (int[] batch in indices.Chunk(batchSize))
        {
            using var scope = NewDisposeScope();
            yield return scaling.Apply((others ?? windows).Values.index_select(0, tensor([.. batch.Select(i => (long)i)])));
        }
    }

    /// <summary>Runs one epoch.</summary>
    /// <param name="phase">Name of the phase, for messages.</param>
    /// <param name="forward">The network: windows to what it tells.</param>
    /// <param name="loss">The loss of what it tells, given its windows and labels.</param>
    /// <param name="optimizer">Its parameters' optimizer.</param>
    /// <param name="schedule">Advanced after each step.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <returns>Mean loss and accuracy over the epoch's windows (or tokens); the accuracy is NaN without classes.</returns>
    /// <exception cref="ConfigException"><see cref="ConfigError.Diverged"/>: a loss is not finite.</exception>
    public (double Loss, double Accuracy) Run(
        string phase,
        Func<Batch, EncoderResult<Tensor>> forward,
        Func<EncoderResult<Tensor>, Batch, Tensor> loss,
        optim.Optimizer optimizer,
        optim.lr_scheduler.LRScheduler schedule,
        CancellationToken cancellation)
    {
        var (sum, correct, asked, seen) = (0.0, 0L, 0L, 0L);
        foreach (var batch in windows.ShuffledBatches(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var step = Take(batch);
            var result = forward(step);
            var batchLoss = loss(result, step);
            Divergence.ThrowUnlessFinite(batchLoss, FormattableString.Invariant(
                $"the loss in phase '{phase}', window {seen} of {windows.Count}, learning rate {optimizer.ParamGroups.First().LearningRate:G3}"));
            optimizer.zero_grad();
            batchLoss.backward();
            ShortenGradient(optimizer);
            optimizer.step();
            schedule.step();
            sum += batchLoss.item<float>() * batch.shape[0];
            seen += batch.shape[0];
            correct += result.Logits?.argmax(-1).eq(step.Labels).sum().item<long>() ?? 0;
            asked += result.Logits is null ? 0 : step.Labels.numel();
        }

        return (sum / seen, (double)correct / asked);
    }

    private Batch Take(Tensor indices)
    {
        var labels = windows.Labels.index_select(0, indices);
        var augmented = augmentation.Apply(windows.Values.index_select(0, indices));
        var (injected, faulty) = faults is null ? (augmented, null) : faults.Apply(augmented);
        var inputs = scaling.Apply(injected);
        return disturbance is null
            ? new Batch(inputs, labels, faulty)
            : new Batch(scaling.Apply(disturbance.Apply(injected)), labels, faulty, inputs);
    }

    private void ShortenGradient(optim.Optimizer optimizer)
    {
        if (gradientNorm > 0)
        {
            nn.utils.clip_grad_norm_(optimizer.parameters(), gradientNorm);
        }
    }
}

/// <summary>A step's windows.</summary>
/// <param name="Inputs">Scaled windows <c>[B, T, C]</c>.</param>
/// <param name="Labels"><c>[B]</c>, or <c>[B, S]</c> with one for each token.</param>
/// <param name="Faulty">1 for windows that a fault was put into, else 0, <c>[B]</c>; null where none ever is.</param>
/// <param name="Clean">The windows without the shifts that were put on them, scaled; null where none were.</param>
internal sealed record Batch(Tensor Inputs, Tensor Labels, Tensor? Faulty, Tensor? Clean = null);
