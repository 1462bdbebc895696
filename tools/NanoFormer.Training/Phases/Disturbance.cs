using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Shifts channels of training windows, for a network to tell what they would read without.</summary>
internal sealed class Disturbance
{
    private readonly DenoisingOptions _options;
    private readonly Tensor _allowed;
    private readonly Tensor _parts;

    /// <param name="options">How often, and how far.</param>
    /// <param name="channels">Columns of a window.</param>
    public Disturbance(DenoisingOptions options, int channels)
    {
        _options = options;
        _allowed = tensor([.. Enumerable.Range(0, channels).Select(c => options.Channels.Count == 0 || options.Channels.Contains(c) ? 1f : 0f)]);
        _parts = tensor([.. options.ChannelParts.Select(part => (float)part)]);
    }

    /// <summary>Windows <c>[B, T, C]</c> in physical units with the shifts.</summary>
    public Tensor Apply(Tensor windows)
    {
        var (batch, samples, channels) = (windows.shape[0], windows.shape[1], windows.shape[2]);
        var part = _parts.index_select(0, randint(0, _parts.shape[0], [batch])).unsqueeze(1);
        var disturbed = rand(batch, 1).lt(_options.Probability);
        var shifted = rand(batch, channels).lt(part).logical_and(disturbed).to(ScalarType.Float32) * _allowed;
        var sign = 2 * randint(0, 2, [batch, channels]).to(ScalarType.Float32) - 1;
        var sizes = shifted * sign * (_options.Smallest + (_options.Largest - _options.Smallest) * rand(batch, channels));
        var within = rand(batch, 1).lt(_options.Steps).to(ScalarType.Float32);
        var begin = (within * rand(batch, 1) * samples).floor();
        var begun = arange(samples).unsqueeze(0).ge(begin).to(ScalarType.Float32);
        return windows + sizes.unsqueeze(1) * begun.unsqueeze(2);
    }
}
