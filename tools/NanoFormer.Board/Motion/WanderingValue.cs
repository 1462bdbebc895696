namespace NanoFormer.Board;

/// <summary>
/// Noise with a memory (an Ornstein-Uhlenbeck process): mean 0, standard deviation 1, low-passed at 1 / (2 pi timeConstant).
/// </summary>
internal sealed class WanderingValue
{
    private readonly GaussianNoise _noise;
    private readonly double _keep;
    private readonly double _add;

    /// <summary>Starts somewhere in its stationary distribution.</summary>
    public WanderingValue(GaussianNoise noise, double timeConstantSeconds, double stepSeconds)
    {
        _noise = noise;
        _keep = Math.Exp(-stepSeconds / timeConstantSeconds);
        _add = Math.Sqrt(1 - (_keep * _keep));
        Value = noise.Next();
    }

    /// <summary>The present value.</summary>
    public double Value { get; private set; }

    /// <summary>Moves one step on and gives the new value.</summary>
    public double Step() => Value = (_keep * Value) + (_add * _noise.Next());
}
