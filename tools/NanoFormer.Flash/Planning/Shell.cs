using System.Text;

namespace NanoFormer.Flash;

/// <summary>Writes an argument so that a shell takes it as it is: bash and zsh, and PowerShell on Windows.</summary>
public static class Shell
{
    private const string Harmless = "-_./:=+@,%\\";

    /// <summary>An argument for the shell of this machine.</summary>
    public static string Quoted(string argument) => OperatingSystem.IsWindows() ? PowerShell(argument) : Bash(argument);

    /// <summary>An argument for bash or zsh. Control characters are written as numbers: pasted, a terminal would act on them.</summary>
    public static string Bash(string argument)
    {
        if (argument.Length > 0 && argument.All(c => IsHarmless(c) && c != '\\'))
        {
            return argument;
        }

        return argument.Any(char.IsControl)
            ? $"$'{string.Concat(argument.Select(Escaped))}'"
            : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    /// <summary>An argument for PowerShell. Windows has no names with control characters.</summary>
    public static string PowerShell(string argument) => argument.Length > 0 && argument[0] != '@' && argument.All(c => IsHarmless(c) && c != ',')
        ? argument
        : $"'{string.Concat(argument.Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? $"{c}{c}" : $"{c}"))}'";

    private static bool IsHarmless(char c) => char.IsAsciiLetterOrDigit(c) || Harmless.Contains(c, StringComparison.Ordinal);

    private static string Escaped(char c)
    {
        if (!char.IsControl(c))
        {
            return c is '\'' or '\\' ? $"\\{c}" : $"{c}";
        }
        // Octal, byte by byte of UTF-8: bash takes three digits and no more.
        return string.Concat(Encoding.UTF8.GetBytes($"{c}").Select(b => "\\" + Convert.ToString(b, 8).PadLeft(3, '0')));
    }
}
