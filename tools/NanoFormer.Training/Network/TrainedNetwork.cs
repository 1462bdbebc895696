using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Network;

/// <summary>A network at the end of its training: the only one of a model, or one of an ensemble.</summary>
/// <param name="Float">In float, before fine-tuning with rounding.</param>
/// <param name="Folded">Fine-tuned with the device's arithmetic.</param>
/// <param name="Device">Computes it as the device does.</param>
/// <param name="Epochs">Brings windows as it learnt from them.</param>
internal sealed record TrainedNetwork(Encoder Float, Encoder Folded, DeviceForward Device, EpochLoop Epochs)
{
    /// <summary>Whose answers it learnt; null without a teacher.</summary>
    public EncoderEnsemble? Teacher { get; init; }

    /// <summary>The network before pruning and after each of its steps; empty without.</summary>
    public IReadOnlyList<PruningStep> Pruning { get; init; } = [];
}
