using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace NanoFormer.Device.Analyzers;

/// <summary>Finds uses of buses and ports that mean something else on the device than on .NET.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PeripheralAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor UncheckedTransfer = DeviceRule.Create(
        "NFD040",
        DeviceRule.Peripherals,
        "I2C transfer whose result is dropped",
        "A transfer without acknowledge does not throw on the device: look at the result's Status");

    private static readonly DiagnosticDescriptor PortName = DeviceRule.Create(
        "NFD041",
        DeviceRule.Peripherals,
        "Serial port that is not COMn",
        "The device knows its serial ports as COM1, COM2, ..., and not as '{0}': choose the name by NANOFRAMEWORK_1_0");

    private static readonly DiagnosticDescriptor BusNumber = DeviceRule.Create(
        "NFD042",
        DeviceRule.Peripherals,
        "I2C bus below 1",
        "The device counts its I2C buses from 1: choose the bus by NANOFRAMEWORK_1_0");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [UncheckedTransfer, PortName, BusNumber];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterOperationAction(OnStatement, OperationKind.ExpressionStatement);
        context.RegisterOperationAction(OnCreation, OperationKind.ObjectCreation);
    }

    private static void OnStatement(OperationAnalysisContext context)
    {
        var operation = ((IExpressionStatementOperation)context.Operation).Operation;
        var value = operation is ISimpleAssignmentOperation { Target: IDiscardOperation } discard ? discard.Value : operation;
        if (value is IInvocationOperation call && call.Type.Is("System.Device.I2c", "I2cTransferResult"))
        {
            context.ReportDiagnostic(Diagnostic.Create(UncheckedTransfer, call.Syntax.GetLocation()));
        }
    }

    private static void OnCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type.Is("System.IO.Ports", "SerialPort")
            && creation.ArgumentFor("portName") is { ConstantValue.Value: string name } port
            && !Regex.IsMatch(name, "^COM[1-9][0-9]*$"))
        {
            context.ReportDiagnostic(Diagnostic.Create(PortName, port.Syntax.GetLocation(), name));
        }

        if (creation.Type.Is("System.Device.I2c", "I2cConnectionSettings")
            && creation.ArgumentFor("busId") is { ConstantValue.Value: int and < 1 } bus)
        {
            context.ReportDiagnostic(Diagnostic.Create(BusNumber, bus.Syntax.GetLocation()));
        }
    }
}
