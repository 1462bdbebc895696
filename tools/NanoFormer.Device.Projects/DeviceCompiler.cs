using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NanoFormer.Device.Analyzers;
using NanoFormer.Device.Reference;

namespace NanoFormer.Device.Projects;

/// <summary>Compiles device code as a nanoFramework build does, against the reference surface, and applies the device rules.</summary>
public static class DeviceCompiler
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules =
    [
        .. typeof(LanguageAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The language of the project system: C# 9, with its symbol defined.</summary>
    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.CSharp9, preprocessorSymbols: ["NANOFRAMEWORK_1_0", "TRACE"]);

    /// <summary>Compiles one text against every surface there is.</summary>
    public static CSharpCompilation Compile(string text) => Compile(
        "Text",
        [CSharpSyntaxTree.ParseText(text, ParseOptions)],
        ReferenceSurface.Assemblies.Select(name => ReferenceSurface.Find(name)!),
        OutputKind.DynamicallyLinkedLibrary);

    /// <summary>Errors of the compiler and of the device rules, by place.</summary>
    public static IReadOnlyList<Diagnostic> Errors(CSharpCompilation compilation)
    {
        // Only when code is emitted does the compiler look for the types that volatile, iterators and async need.
        var compiler = compilation.Emit(Stream.Null).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var rules = compilation.WithAnalyzers(Rules).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return [.. compiler.Concat(rules).OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    /// <summary>Compiles sources into an assembly.</summary>
    internal static CSharpCompilation Compile(
        string name, IEnumerable<SyntaxTree> sources, IEnumerable<MetadataReference> references, OutputKind kind) =>
        CSharpCompilation.Create(name, sources, references, new CSharpCompilationOptions(kind, allowUnsafe: true, deterministic: true));
}
