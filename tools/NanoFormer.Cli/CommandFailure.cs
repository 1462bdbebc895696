using System.Text.Json;
using NanoFormer.Cli.Commands;
using NanoFormer.Emulator;
using NanoFormer.Errors;
using NanoFormer.Interop;
using NanoFormer.Model;

namespace NanoFormer.Cli;

/// <summary>A command cannot go on: a stable upper-case name and one sentence for the user.</summary>
internal sealed class CommandFailure(string name, string message) : NamedException(message)
{
    /// <summary>Stable name, such as <c>NO_MODEL</c>.</summary>
    public override string Name { get; } = name;

    /// <summary>Runs a command; an expected failure becomes one line on standard error and exit code 1.</summary>
    public static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (StandardOutput.ClosedException)
        {
            return StandardOutput.ClosedExitCode;
        }
        catch (Exception exception) when (Describe(exception) is { } line)
        {
            Console.Error.WriteLine(line);
            return 1;
        }
    }

    /// <summary>The line for a failure a user can cause; null for a defect, which keeps its stack trace.</summary>
    private static string? Describe(Exception exception) => exception switch
    {
        NamedException failure => $"error: {failure.Name}: {failure.Message}",
        ModelImageException or TransformerException => $"error: {exception.Message}",
        EmulatorException failure => $"error: EMULATOR: {failure.Message}",
        DllNotFoundException failure => $"error: NO_NATIVE_LIBRARY: {failure.Message.Split(Environment.NewLine)[0]}",
        OperationCanceledException => "error: CANCELLED: stopped on request.",
        JsonException failure => $"error: BAD_JSON: {failure.Message}",
        IOException failure => $"error: FILE: {failure.Message}",
        UnauthorizedAccessException failure => $"error: FILE: {failure.Message}",
        _ => null,
    };
}
