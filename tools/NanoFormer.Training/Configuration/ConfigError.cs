namespace NanoFormer.Training.Configuration;

/// <summary>What is wrong with a training configuration.</summary>
public enum ConfigError
{
    /// <summary>The file is not there.</summary>
    MissingFile,

    /// <summary>The file is not JSON, lacks a required field, or holds a field nobody knows.</summary>
    BadJson,

    /// <summary>A value lies outside what makes sense for its field.</summary>
    OutOfRange,

    /// <summary>Values that are fine alone but do not fit together, or do not fit the data.</summary>
    Mismatch,
}
