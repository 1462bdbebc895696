using static TorchSharp.torch;

namespace NanoFormer.Training;

/// <summary>Stops a training whose numbers are no longer finite: nothing that comes of it would be a model.</summary>
internal static class Divergence
{
    /// <summary>The error of a training that diverged.</summary>
    /// <param name="name">What holds them, for the message.</param>
    /// <param name="inner">The fault underneath, if any.</param>
    public static ConfigException Of(string name, Exception? inner = null) => new(ConfigError.Diverged,
        $"The training diverged: infinite or far too great numbers in {name}. Lower the learning rate, limit the gradient (gradientNorm) "
        + "or train more epochs.", inner);

    /// <summary>Requires finite values.</summary>
    /// <param name="values">Of any shape.</param>
    /// <param name="name">What they are, for the message.</param>
    /// <exception cref="ConfigException"><see cref="ConfigError.Diverged"/>: one is infinite or not a number.</exception>
    public static void ThrowUnlessFinite(Tensor values, string name)
    {
        using var scope = NewDisposeScope();
        if (!values.isfinite().all().item<bool>())
        {
            throw Of(name);
        }
    }

    /// <summary>Requires finite parameters and norms.</summary>
    /// <param name="network">Whose.</param>
    /// <param name="phase">Name of the phase, for the message.</param>
    /// <exception cref="ConfigException"><see cref="ConfigError.Diverged"/>: one is infinite or not a number.</exception>
    public static void ThrowUnlessFinite(Encoder network, string phase)
    {
        using var inference = no_grad();
        foreach (var (name, values) in network.state_dict())
        {
            ThrowUnlessFinite(values, $"the weights '{name}' in phase '{phase}'");
        }
    }
}
