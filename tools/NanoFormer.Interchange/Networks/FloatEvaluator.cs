namespace NanoFormer.Interchange;

/// <summary>Runs a float network as its steps say, in plain loops and double precision: the yardstick for files written of it.</summary>
public static class FloatEvaluator
{
    /// <summary>The output for one window, <c>[samples][channels]</c>.</summary>
    /// <exception cref="ArgumentException">The window has another length.</exception>
    public static float[] Run(FloatNetwork network, ReadOnlySpan<float> window) => Trace(network, window)[network.Output];

    /// <summary>Every value of the network for one window, row-major.</summary>
    /// <exception cref="ArgumentException">The window has another length.</exception>
    public static IReadOnlyDictionary<FloatValue, float[]> Trace(FloatNetwork network, ReadOnlySpan<float> window)
    {
        if (window.Length != network.Input.Count)
        {
            throw new ArgumentException($"A window holds {network.Input.Count} values, not {window.Length}.", nameof(window));
        }

        var values = new Dictionary<FloatValue, float[]> { [network.Input] = window.ToArray() };
        foreach (var step in network.Steps)
        {
            values[step.Output] = step.Run(values);
        }

        return values;
    }
}
