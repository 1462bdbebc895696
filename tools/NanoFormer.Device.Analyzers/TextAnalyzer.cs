using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace NanoFormer.Device.Analyzers;

/// <summary>Finds values whose text on the device is not the text on .NET: enumerations, and floating point without a format.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TextAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor EnumText = DeviceRule.Create(
        "NFD030",
        DeviceRule.Text,
        "Text of an enumeration",
        "On the device the text of an enumeration is its number: switch over the values, or cast to int to print the number");

    private static readonly DiagnosticDescriptor FloatText = DeviceRule.Create(
        "NFD031",
        DeviceRule.Text,
        "Floating point as text without a format",
        "Without a format the device prints up to 17 digits of a double and malformed large floats: convert to double and give a "
        + "format, such as F3");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [EnumText, FloatText];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterOperationAction(OnInvocation, OperationKind.Invocation);
        context.RegisterOperationAction(OnConcatenation, OperationKind.Binary, OperationKind.CompoundAssignment);
        context.RegisterOperationAction(OnInterpolation, OperationKind.Interpolation);
    }

    private static void OnInvocation(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "ToString" && call.Instance is { } instance)
        {
            Judge(context, instance, hasFormat: call.Arguments.Length > 0 && instance.Type?.SpecialType == SpecialType.System_Double);
            return;
        }

        if (call.TargetMethod.ContainingType.SpecialType != SpecialType.System_String
            && !call.TargetMethod.ContainingType.Is("System.Text", "StringBuilder"))
        {
            return;
        }

        string? format = call.TargetMethod.Name == "Format" ? call.Arguments[0].Value.ConstantValue.Value as string : null;
        var values = call.Arguments.SelectMany(Values).ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            // The format itself is values[0].
            Judge(context, values[i], hasFormat: format is not null && HasFormat(format, i - 1));
        }
    }

    // Arguments, those of a params array one by one.
    private static IEnumerable<IOperation> Values(IArgumentOperation argument) =>
        argument.Value is IArrayCreationOperation { IsImplicit: true, Initializer: { } initializer }
            ? initializer.ElementValues
            : [argument.Value];

    private static bool HasFormat(string format, int index) => !Regex.IsMatch(format, $@"\{{{index}(,[^:}}]*)?\}}");

    private static void OnConcatenation(OperationAnalysisContext context)
    {
        if (context.Operation.Type?.SpecialType != SpecialType.System_String)
        {
            return;
        }

        foreach (var operand in context.Operation.ChildOperations)
        {
            Judge(context, operand, hasFormat: false);
        }
    }

    private static void OnInterpolation(OperationAnalysisContext context)
    {
        var hole = (IInterpolationOperation)context.Operation;
        Judge(context, hole.Expression, hasFormat: hole.FormatString is not null);
    }

    private static void Judge(OperationAnalysisContext context, IOperation value, bool hasFormat)
    {
        // An explicit cast is wanted, a conversion to object or string is only the compiler's.
        var printed = value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : value;
        if (printed.Type.IsEnum())
        {
            context.ReportDiagnostic(Diagnostic.Create(EnumText, printed.Syntax.GetLocation()));
        }

        if (printed.Type.IsFloatingPoint() && !hasFormat)
        {
            context.ReportDiagnostic(Diagnostic.Create(FloatText, printed.Syntax.GetLocation()));
        }
    }
}
