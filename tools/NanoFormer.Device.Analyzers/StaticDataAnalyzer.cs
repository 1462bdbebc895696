using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace NanoFormer.Device.Analyzers;

/// <summary>Adds up the constant arrays of an assembly, which the device limits to 64 KiB.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaticDataAnalyzer : DiagnosticAnalyzer
{
    private const int LimitBytes = 64 * 1024;

    private static readonly DiagnosticDescriptor TooMuchData = DeviceRule.Create(
        "NFD051",
        DeviceRule.Interop,
        "Constant arrays beyond 64 KiB",
        "The constant arrays of this assembly hold {0} bytes and the device allows 65536, each copied to the heap: put tables into "
        + "the firmware or a binary resource",
        WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TooMuchData];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(OnCompilation);
    }

    private static void OnCompilation(CompilationStartAnalysisContext context)
    {
        int bytes = 0;
        context.RegisterOperationAction(
            operation => Interlocked.Add(ref bytes, ConstantBytes((IArrayCreationOperation)operation.Operation)),
            OperationKind.ArrayCreation);
        context.RegisterCompilationEndAction(end =>
        {
            if (bytes > LimitBytes)
            {
                end.ReportDiagnostic(Diagnostic.Create(TooMuchData, Location.None, bytes));
            }
        });
    }

    private static int ConstantBytes(IArrayCreationOperation array)
    {
        bool isConstant = array.Initializer?.ElementValues.All(value => value.ConstantValue.HasValue) == true;
        return isConstant ? array.Initializer!.ElementValues.Length * ElementBytes(((IArrayTypeSymbol)array.Type!).ElementType) : 0;
    }

    private static int ElementBytes(ITypeSymbol element) => element.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_SByte or SpecialType.System_Byte => 1,
        SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double => 8,
        _ => 0,
    };
}
