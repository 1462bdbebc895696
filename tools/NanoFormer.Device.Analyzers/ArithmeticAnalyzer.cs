using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace NanoFormer.Device.Analyzers;

/// <summary>Finds arithmetic that the device computes differently from .NET.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ArithmeticAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor UnsignedShift = DeviceRule.Create(
        "NFD020",
        DeviceRule.Arithmetic,
        "Right shift of an unsigned element read as signed",
        "An unsigned array element or field cast to signed is shifted logically on the device: copy it into a signed local first, "
        + "or keep the data signed");

    private static readonly DiagnosticDescriptor DivisionByMinusOne = DeviceRule.Create(
        "NFD021",
        DeviceRule.Arithmetic,
        "Integer division by -1",
        "The smallest integer divided by -1 kills the runtime: negate instead");

    private static readonly DiagnosticDescriptor UnclampedConversion = DeviceRule.Create(
        "NFD022",
        DeviceRule.Arithmetic,
        "Floating point to integer without limits",
        "A floating-point value out of the integer's range becomes 0 on the device: pass it through Math.Clamp first");

    private static readonly DiagnosticDescriptor Infinity = DeviceRule.Create(
        "NFD023",
        DeviceRule.Arithmetic,
        "Infinity",
        "A floating-point division by zero throws on the device and gives no infinity: test the divisor");

    private static readonly ImmutableHashSet<string> InfinityMembers =
    [
        "PositiveInfinity", "NegativeInfinity", "IsInfinity", "IsPositiveInfinity", "IsNegativeInfinity",
    ];

    private static readonly ImmutableHashSet<string> Roundings = ["Round", "Floor", "Ceiling", "Truncate"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
        [UnsignedShift, DivisionByMinusOne, UnclampedConversion, Infinity];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterOperationAction(OnBinary, OperationKind.Binary);
        context.RegisterOperationAction(OnCompoundAssignment, OperationKind.CompoundAssignment);
        context.RegisterOperationAction(OnConversion, OperationKind.Conversion);
        context.RegisterOperationAction(OnMember, OperationKind.FieldReference, OperationKind.Invocation);
    }

    private static void OnBinary(OperationAnalysisContext context)
    {
        var binary = (IBinaryOperation)context.Operation;
        if (binary.OperatorKind == BinaryOperatorKind.RightShift && IsUnsignedStorageReadAsSigned(binary.LeftOperand))
        {
            Report(context, UnsignedShift, binary.LeftOperand);
        }

        ReportDivision(context, binary.OperatorKind, binary.RightOperand);
    }

    private static void OnCompoundAssignment(OperationAnalysisContext context)
    {
        var assignment = (ICompoundAssignmentOperation)context.Operation;
        ReportDivision(context, assignment.OperatorKind, assignment.Value);
    }

    // The compiler emits nothing for a cast between types of the same width, so the value stays unsigned for the device's interpreter.
    private static bool IsUnsignedStorageReadAsSigned(IOperation operand)
    {
        if (operand is not IConversionOperation { Operand: var source } conversion)
        {
            return false;
        }

        bool keepsWidth = (source.Type?.SpecialType, conversion.Type?.SpecialType) is
            (SpecialType.System_UInt32, SpecialType.System_Int32) or (SpecialType.System_UInt64, SpecialType.System_Int64);
        return keepsWidth && source is IArrayElementReferenceOperation or IFieldReferenceOperation { ConstantValue.HasValue: false };
    }

    private static void ReportDivision(OperationAnalysisContext context, BinaryOperatorKind kind, IOperation divisor)
    {
        bool divides = kind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder;
        if (divides && divisor.ConstantValue is { HasValue: true, Value: -1 or -1L })
        {
            Report(context, DivisionByMinusOne, divisor);
        }
    }

    private static void OnConversion(OperationAnalysisContext context)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (conversion.Type.IsIntegral()
            && conversion.Operand.Type.IsFloatingPoint()
            && !conversion.Operand.ConstantValue.HasValue
            && !IsClamped(conversion.Operand))
        {
            Report(context, UnclampedConversion, conversion);
        }
    }

    private static bool IsClamped(IOperation value)
    {
        if (value.Unconverted() is not IInvocationOperation { TargetMethod: var method, Arguments: { Length: > 0 } arguments }
            || !method.ContainingType.Is("System", "Math"))
        {
            return false;
        }

        return method.Name == "Clamp" || (Roundings.Contains(method.Name) && IsClamped(arguments[0].Value));
    }

    private static void OnMember(OperationAnalysisContext context)
    {
        ISymbol member = context.Operation is IInvocationOperation call
            ? call.TargetMethod
            : ((IFieldReferenceOperation)context.Operation).Field;
        if (member.ContainingType.IsFloatingPoint() && InfinityMembers.Contains(member.Name))
        {
            Report(context, Infinity, context.Operation);
        }
    }

    private static void Report(OperationAnalysisContext context, DiagnosticDescriptor rule, IOperation place) =>
        context.ReportDiagnostic(Diagnostic.Create(rule, place.Syntax.GetLocation()));
}
