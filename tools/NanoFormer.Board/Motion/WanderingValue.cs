namespace NanoFormer.Board;

/// <summary>
/// Noise with a memory (an Ornstein-Uhlenbeck process): mean 0, standard deviation 1, low-passed at 1 / (2 pi timeConstant).
/// </summary>
internal sealed class WanderingValue
{
    private readonly GaussianNoise noise;
    private readonly double keep;
    private readonly double add;

    /// <summary>Starts somewhere in its stationary distribution.</summary>
    public WanderingValue(GaussianNoise noise, double timeConstantSeconds, double stepSeconds)
    {
        this.noise = noise;
        keep = Math.Exp(-stepSeconds / timeConstantSeconds);
        add = Math.Sqrt(1 - (keep * keep));
        Value = noise.Next();
    }

    /// <summary>The present value.</summary>
    public double Value { get; private set; }

    /// <summary>Moves one step on and gives the new value.</summary>
    public double Step() => Value = (keep * Value) + (add * noise.Next());
}
