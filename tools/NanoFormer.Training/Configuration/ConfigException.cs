using NanoFormer.Errors;

namespace NanoFormer.Training.Configuration;

/// <summary>What is wrong with a training configuration.</summary>
public enum ConfigError
{
    /// <summary>The file is not there.</summary>
    MissingFile,

    /// <summary>The file is not JSON, lacks a required field, or holds an unknown field.</summary>
    BadJson,

    /// <summary>A value lies outside what makes sense for its field.</summary>
    OutOfRange,

    /// <summary>A setting of the command line names a place that is not there, or is not PATH=VALUE.</summary>
    BadOverride,

    /// <summary>Values that are fine alone but do not fit together, or do not fit the data.</summary>
    Mismatch,

    /// <summary>Classes that a model cannot have as labels, by <see cref="Model.LabelRule"/>.</summary>
    BadLabels,

    /// <summary>The output folder holds a training that was stopped, and neither <c>--resume</c> nor <c>--restart</c> was given.</summary>
    Unfinished,

    /// <summary>The loss, the weights or the activations of a training are no longer finite numbers.</summary>
    Diverged,
}

/// <summary>A training configuration that cannot be used; the message names the field.</summary>
/// <param name="error">The kind of fault.</param>
/// <param name="message">A sentence for the reader of the message.</param>
/// <param name="inner">The fault underneath, if any.</param>
public sealed class ConfigException(ConfigError error, string message, Exception? inner = null)
    : NamedException<ConfigError>(error, message, inner);
