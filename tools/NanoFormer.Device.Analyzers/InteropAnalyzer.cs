using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NanoFormer.Device.Analyzers;

/// <summary>Finds native methods that the device cannot marshal.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InteropAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor ByReference = DeviceRule.Create(
        "NFD050",
        DeviceRule.Interop,
        "Native method with a parameter by reference",
        "Parameters by reference of a native method are marshalled wrongly: return the value, or fill an array");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [ByReference];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(OnMethod, SymbolKind.Method);
    }

    private static void OnMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (!method.MethodImplementationFlags.HasFlag(MethodImplAttributes.InternalCall))
        {
            return;
        }

        foreach (var parameter in method.Parameters.Where(parameter => parameter.RefKind != RefKind.None))
        {
            context.ReportDiagnostic(Diagnostic.Create(ByReference, parameter.Locations[0]));
        }
    }
}
