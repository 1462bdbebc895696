namespace NanoFormer.Training.Configuration;

/// <summary>A training configuration that cannot be used; the message names the field.</summary>
/// <param name="error">The kind of fault.</param>
/// <param name="message">A sentence for the reader of the message.</param>
/// <param name="inner">The fault underneath, if any.</param>
public sealed class ConfigException(ConfigError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind of fault.</summary>
    public ConfigError Error { get; } = error;
}
