using System.Text.Json;
using NanoFormer.Cli.Commands;
using NanoFormer.Data;
using NanoFormer.Emulator;
using NanoFormer.Energy;
using NanoFormer.Flash;
using NanoFormer.Interchange;
using NanoFormer.Interop;
using NanoFormer.Model;
using NanoFormer.Search;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Cli;

/// <summary>A command cannot go on: a stable upper-case name and one sentence for the user.</summary>
internal sealed class CommandFailure(string name, string message) : Exception(message)
{
    /// <summary>Stable name, such as <c>NO_MODEL</c>.</summary>
    public string Name { get; } = name;

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
        CommandFailure failure => $"error: {failure.Name}: {failure.Message}",
        ModelImageException or TransformerException => $"error: {exception.Message}",
        EmulatorException failure => $"error: EMULATOR: {failure.Message}",
        DataException failure => $"error: {UpperSnake(failure.Error.ToString())}: {failure.Message}",
        ConfigException failure => $"error: {UpperSnake(failure.Error.ToString())}: {failure.Message}",
        InterchangeException failure => $"error: {UpperSnake(failure.Error.ToString())}: {failure.Message}",
        SearchException failure => $"error: {UpperSnake(failure.Error.ToString())}: {failure.Message}",
        EnergyException failure => $"error: {UpperSnake(failure.Error.ToString())}: {failure.Message}",
        FlashException failure => $"error: {UpperSnake(failure.Error.ToString())}: {failure.Message}",
        DllNotFoundException failure => $"error: NO_NATIVE_LIBRARY: {failure.Message.Split(Environment.NewLine)[0]}",
        OperationCanceledException => "error: CANCELLED: stopped on request.",
        JsonException failure => $"error: BAD_JSON: {failure.Message}",
        IOException failure => $"error: FILE: {failure.Message}",
        UnauthorizedAccessException failure => $"error: FILE: {failure.Message}",
        _ => null,
    };

    private static string UpperSnake(string name) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);
}
