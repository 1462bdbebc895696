using Microsoft.CodeAnalysis;

namespace NanoFormer.Device.Analyzers;

/// <summary>Makes the descriptors of the device rules, all of them errors.</summary>
internal static class DeviceRule
{
    /// <summary>The language has it, the device has not.</summary>
    internal const string Language = "Language";

    /// <summary>Compiles, and computes something else than on .NET.</summary>
    internal const string Arithmetic = "Arithmetic";

    /// <summary>Prints something else than on .NET.</summary>
    internal const string Text = "Text";

    /// <summary>Buses and ports.</summary>
    internal const string Peripherals = "Peripherals";

    /// <summary>Native methods and the assembly's own limits.</summary>
    internal const string Interop = "Interop";

    /// <summary>A rule.</summary>
    /// <param name="id">NFD and three digits.</param>
    /// <param name="category">One of the categories above.</param>
    /// <param name="title">What is found.</param>
    /// <param name="message">What happens on the device; then, after a colon, what to write instead.</param>
    /// <param name="tags">Custom tags of the compiler.</param>
    internal static DiagnosticDescriptor Create(string id, string category, string title, string message, params string[] tags) =>
        new(id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true, customTags: tags);
}
