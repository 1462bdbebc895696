using System.Text.Json;

namespace NanoFormer.Errors;

/// <summary>A fault that a user can cause: a stable name, and a message that says what is wrong and what to do about it.</summary>
/// <param name="message">One or two sentences.</param>
/// <param name="inner">The fault underneath, if any.</param>
public abstract class NamedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable name in upper case, such as <c>MISSING_COLUMN</c>.</summary>
    public abstract string Name { get; }
}

/// <summary>A fault of one of the kinds of <typeparamref name="TError"/>, which gives its name.</summary>
/// <param name="error">The kind.</param>
/// <param name="message">One or two sentences.</param>
/// <param name="inner">The fault underneath, if any.</param>
public abstract class NamedException<TError>(TError error, string message, Exception? inner = null) : NamedException(message, inner)
    where TError : struct, Enum
{
    /// <summary>The kind of fault.</summary>
    public TError Error { get; } = error;

    /// <inheritdoc/>
    public override string Name => JsonNamingPolicy.SnakeCaseUpper.ConvertName(Error.ToString());
}
