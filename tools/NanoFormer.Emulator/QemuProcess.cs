using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace NanoFormer.Emulator;

/// <summary>
/// One run of QEMU on a core, with the instruction counter. Its standard input and output are the program's byte stream, its UART0
/// goes to a file. All files lie in a temporary folder of its own, so instances do not meet.
/// </summary>
public sealed class QemuProcess : IDisposable
{
    /// <summary>Bytes the emulated flash has for a model image: 16 MB without the word of its size.</summary>
    public const int BlobCapacity = 0x0100_0000 - BlobOffset;

    private const int BlobOffset = 16;
    private const int TailLines = 20;
    private const string BlobName = "blob.bin";
    private const string CountsName = "counts.bin";
    private const string LogName = "uart0.log";
    private const string SocketName = "uart0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanoformer-core-");
    private readonly Queue<string> _errors = new();
    private readonly Process _process;

    /// <summary>Starts a program on a core.</summary>
    /// <param name="target">The core.</param>
    /// <param name="program">Path of the ELF file.</param>
    /// <param name="blob">Bytes that the program finds in its flash; may be empty.</param>
    /// <param name="virtualClock">Let the guest's clock advance by one nanosecond an instruction (<c>-icount shift=0</c>).</param>
    /// <param name="parameters">Words for the program, after the blob's size.</param>
    /// <param name="uartIsSocket">Whether UART0 is the socket <see cref="UartPath"/>, for which the program waits.</param>
    /// <exception cref="EmulatorException">QEMU or a file is missing, or the blob is too large.</exception>
    public QemuProcess(CoreTarget target, string program, byte[] blob, bool virtualClock = false, uint[]? parameters = null, bool uartIsSocket = false)
    {
        try
        {
            RequireFile(program);
            RequireFile(NativeBuild.CountPlugin);
            var arguments = Arguments(target, program, blob, virtualClock);
            foreach (var (index, word) in (parameters ?? []).Index())
            {
                arguments.AddRange(["-device", $"loader,addr={target.BlobBase + sizeof(int) + (index * sizeof(int))},data={word},data-len=4"]);
            }

            arguments.AddRange(["-serial", uartIsSocket ? $"unix:{SocketName},server=on,wait=on" : $"file:{LogName}"]);
            _process = Start(target.Emulator, arguments);
            _process.ErrorDataReceived += (_, line) => KeepError(line.Data);
            _process.BeginErrorReadLine();
        }
        catch
        {
            _folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>The shared file of the instruction counter.</summary>
    public string CountsPath => Path.Combine(_folder.FullName, CountsName);

    /// <summary>The socket that UART0 is, where it was asked for.</summary>
    public string UartPath => Path.Combine(_folder.FullName, SocketName);

    /// <summary>Bytes to the program.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Bytes from the program; ends when QEMU ends.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What the program has written to UART0 so far.</summary>
    public string Log
    {
        get
        {
            using var file = new FileStream(Path.Combine(_folder.FullName, LogName), FileMode.OpenOrCreate, FileAccess.Read,
                FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Waits for QEMU to end by itself and gives its exit code.</summary>
    /// <exception cref="EmulatorException">It did not within the time.</exception>
    public int WaitForExit(TimeSpan limit)
    {
        if (!_process.WaitForExit(limit))
        {
            throw new EmulatorException($"The emulated program did not end within {limit}.");
        }

        return _process.ExitCode;
    }

    /// <summary>Whether QEMU has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Ends QEMU at once; a read in progress sees the end of the stream.</summary>
    public void Kill() => _process.Kill();

    /// <summary>How QEMU ended and what it and the program said last, as an error.</summary>
    public EmulatorException Failure(string happening)
    {
        string exit = "";
        if (_process.WaitForExit(TimeSpan.FromSeconds(1)))
        {
            _process.WaitForExit(); // this overload also waits for the last of the error output
            exit = $" Exit code {_process.ExitCode.ToString(CultureInfo.InvariantCulture)}.";
        }

        return new EmulatorException($"{happening}{exit}{Said("QEMU", ErrorTail())}{Said("UART0", Log)}");
    }

    /// <summary>Ends QEMU and removes its files.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Said(string who, string text) => text.Length == 0 ? "" : $" {who}: {text.Trim()}";

    private static void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new EmulatorException($"{path} does not exist; it is built by the CMake presets of native-interop.");
        }
    }

    private List<string> Arguments(CoreTarget target, string program, byte[] blob, bool virtualClock)
    {
        List<string> arguments =
        [
            "-M", target.Machine, "-bios", "none", "-display", "none", "-monitor", "none",
            "-semihosting-config", "enable=on,target=native",
            "-kernel", Path.GetFullPath(program),
            "-plugin", $"{Escape(Path.GetFullPath(NativeBuild.CountPlugin))},out={CountsName},mark={target.MarkAddress}{Cycles(target)}",
            "-device", $"loader,addr={target.BlobBase},data={blob.Length},data-len=4",
        ];
        if (blob.Length > 0)
        {
            arguments.AddRange(["-device", $"loader,file={WriteBlob(blob)},addr={target.BlobBase + BlobOffset},force-raw=on"]);
        }

        if (target.Cpu is not null)
        {
            arguments.AddRange(["-cpu", target.Cpu]);
        }

        if (virtualClock)
        {
            arguments.AddRange(["-icount", "shift=0"]);
        }

        return arguments;
    }

    private string WriteBlob(byte[] blob)
    {
        if (blob.Length > BlobCapacity)
        {
            throw new EmulatorException($"The image has {blob.Length} bytes; the emulated flash has room for {BlobCapacity}.");
        }

        File.WriteAllBytes(Path.Combine(_folder.FullName, BlobName), blob);
        return BlobName;
    }

    private static string Cycles(CoreTarget target) => target.HasCycleModel ? $",cycles={target}" : "";

    /// <summary>A comma separates options; a doubled one stands for itself.</summary>
    private static string Escape(string path) => path.Replace(",", ",,", StringComparison.Ordinal);

    private Process Start(string emulator, List<string> arguments)
    {
        var start = new ProcessStartInfo(emulator, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception cause)
        {
            throw new EmulatorException($"{emulator} cannot be started; is it installed and on the PATH?", cause);
        }
    }

    private void KeepError(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_errors)
        {
            _errors.Enqueue(line);
            if (_errors.Count > TailLines)
            {
                _errors.Dequeue();
            }
        }
    }

    private string ErrorTail()
    {
        lock (_errors)
        {
            return string.Join('\n', _errors);
        }
    }
}
