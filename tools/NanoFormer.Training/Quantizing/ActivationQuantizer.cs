using static TorchSharp.torch;
using Quantization = NanoFormer.Model.Quantization;

namespace NanoFormer.Training.Quantizing;

/// <summary>Rounds activations to int8. While it observes, the range of each follows a running mean of the batches' extremes.</summary>
/// <param name="momentum">Weight of the newest batch.</param>
internal sealed class ActivationQuantizer(double momentum) : IActivationRounding
{
    private readonly Dictionary<string, Quantization> _quantizations = [];
    private readonly Dictionary<string, ActivationRange> _ranges = [];

    /// <summary>Whether ranges follow the data; otherwise they stand still.</summary>
    public bool Observing { get; set; } = true;

    /// <summary>The quantization of an activation that was fixed or observed.</summary>
    public Quantization this[string name] => _quantizations[name];

    /// <summary>Gives an activation a quantization that no data changes.</summary>
    public void Fix(string name, Quantization quantization) => _quantizations[name] = quantization;

    /// <inheritdoc/>
    public Tensor Apply(string name, Tensor values)
    {
        var isFixed = _quantizations.ContainsKey(name) && !_ranges.ContainsKey(name);
        if (Observing && !isFixed)
        {
            Observe(name, values);
        }
        return FakeQuantization.Activations(values, _quantizations[name]);
    }

    /// <inheritdoc/>
    public double? Scale(string name) => _quantizations[name].Scale;

    private void Observe(string name, Tensor values)
    {
        using var inference = no_grad();
        var batch = new ActivationRange(values.min().item<float>(), values.max().item<float>());
        var range = _ranges.TryGetValue(name, out var known) ? known.Toward(batch, momentum) : batch;
        _ranges[name] = range;
        _quantizations[name] = range.ToQuantization();
    }
}
