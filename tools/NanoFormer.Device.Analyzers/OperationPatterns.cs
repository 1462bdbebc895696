using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NanoFormer.Device.Analyzers;

/// <summary>Questions about operations that several analyzers ask.</summary>
internal static class OperationPatterns
{
    /// <summary>The value below any conversions.</summary>
    internal static IOperation Unconverted(this IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    internal static bool IsFloatingPoint(this ITypeSymbol? type) =>
        type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;

    internal static bool IsIntegral(this ITypeSymbol? type) =>
        type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;

    internal static bool IsEnum(this ITypeSymbol? type) => type?.TypeKind == TypeKind.Enum;

    internal static bool Is(this ITypeSymbol? type, string @namespace, string name) =>
        type?.Name == name && type.ContainingNamespace.ToDisplayString() == @namespace;

    /// <summary>The argument given to a parameter; null when there is no such parameter.</summary>
    internal static IOperation? ArgumentFor(this IObjectCreationOperation creation, string parameter) =>
        creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter)?.Value;
}
