using static TorchSharp.torch;

namespace NanoFormer.Training.Quantizing;

/// <summary>
/// The quantization of every activation by name. While it observes, the range of each follows a running mean of what the batches show.
/// </summary>
/// <param name="estimator">The range that a batch of values shows.</param>
/// <param name="momentum">Weight of the newest batch in the running mean; of the first batches each counts the same.</param>
internal sealed class ActivationQuantizer(Func<Tensor, ActivationRange> estimator, double momentum)
{
    private readonly Dictionary<string, ObservedRange> _ranges = [];
    private readonly Dictionary<string, Quantization> _quantizations = [];

    /// <summary>Whether ranges follow the data; otherwise they are fixed.</summary>
    public bool Observing { get; set; } = true;

    /// <summary>The ranges observed so far, by name.</summary>
    public IReadOnlyDictionary<string, ObservedRange> Ranges => _ranges;

    /// <summary>The quantization of an activation that was observed.</summary>
    public Quantization this[string name] => _quantizations[name];

    /// <summary>Takes up ranges that were observed before.</summary>
    public void Restore(IReadOnlyDictionary<string, ObservedRange> ranges)
    {
        foreach (var (name, observed) in ranges)
        {
            Keep(name, observed);
        }
    }

    /// <summary>The quantization of an activation, these values seen.</summary>
    /// <exception cref="ConfigException"><see cref="ConfigError.Diverged"/>: one of them is not finite.</exception>
    public Quantization Observe(string name, Tensor values)
    {
        if (!Observing)
        {
            return _quantizations[name];
        }

        using var inference = no_grad();
        Divergence.ThrowUnlessFinite(values, $"the activation '{name}'");
        var batch = estimator(values);
        var (known, batches) = _ranges.GetValueOrDefault(name) ?? new ObservedRange(batch, 0);
        return Keep(name, new ObservedRange(known.Toward(batch, Math.Max(momentum, 1.0 / (batches + 1))), batches + 1));
    }

    private Quantization Keep(string name, ObservedRange observed)
    {
        _ranges[name] = observed;
        return _quantizations[name] = observed.Range.ToQuantization();
    }
}

/// <summary>A running range.</summary>
/// <param name="Range">The range.</param>
/// <param name="Batches">The batches it is the mean of.</param>
internal sealed record ObservedRange(ActivationRange Range, int Batches);
