namespace NanoFormer.Training.Import;

/// <summary>The steps of a float network by what they read.</summary>
internal sealed class NetworkSteps(FloatNetwork network)
{
    private readonly ILookup<FloatValue, FloatStep> _readers = network.Steps
        .SelectMany(step => step.Inputs.Distinct().Select(input => (Input: input, Step: step)))
        .ToLookup(pair => pair.Input, pair => pair.Step);

    /// <summary>All that read a value.</summary>
    public FloatStep[] this[FloatValue x] => [.. _readers[x]];

    /// <summary>The one that reads a value; null where none or several do.</summary>
    public FloatStep? Next(FloatValue x) => this[x] is [var step] ? step : null;

    /// <summary>The one that reads a value, which must be of a kind.</summary>
    /// <exception cref="ConfigException">It is another, or none or several do.</exception>
    public T Only<T>(FloatValue x, string what)
        where T : FloatStep => Next(x) as T ?? throw Expected(what, this[x]);

    /// <summary>Other steps were found than the trainer's networks have.</summary>
    public static ConfigException Expected(string what, FloatStep[] found) => Differs($"{what} was expected" + (found.Length == 0
        ? ""
        : ", and found: " + string.Join(", ", found.Select(step => step.GetType().Name["Float".Length..]))));

    /// <summary>The network is none of the trainer's.</summary>
    public static ConfigException Differs(string how) => new(ConfigError.Mismatch, $"The trainer has no such network: {how}.");
}
