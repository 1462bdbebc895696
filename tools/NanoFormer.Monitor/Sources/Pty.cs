using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NanoFormer.Monitor.Sources;

/// <summary>A pseudo-terminal: a serial port without a cable, whose other end this program holds. Linux and macOS.</summary>
public sealed partial class Pty : IDisposable
{
    private const int ReadWriteNoTerminal = 0x2 | 0x100 | 0x80000; // O_RDWR | O_NOCTTY | O_CLOEXEC of Linux: a child must not keep the port open
    private const int ReadWriteNoTerminalMac = 0x2 | 0x20000;
    private const int NameLength = 128;
    private const int TermiosSpace = 256;
    private const short Input = 0x1; // POLLIN
    private const short HungUp = 0x10; // POLLHUP

    private readonly FileStream _master;
    private int _slave;
    private string? _link;

    /// <summary>Opens one.</summary>
    /// <param name="link">A name for it that stays the same: a symbolic link to make; null for none.</param>
    /// <exception cref="PlatformNotSupportedException">The system has none.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public Pty(string? link = null)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows has no pseudo-terminals for serial ports; use a pair of com0com ports.");
        }

        int master = posix_openpt(OperatingSystem.IsMacOS() ? ReadWriteNoTerminalMac : ReadWriteNoTerminal);
        byte[] name = new byte[NameLength];
        if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0 || ptsname_r(master, name, NameLength) != 0)
        {
            throw new IOException("no pseudo-terminal can be opened");
        }

        Name = System.Text.Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        // Held open, so that bytes wait for a reader; raw, so that they come through as they are.
        _slave = open(Name, OperatingSystem.IsMacOS() ? ReadWriteNoTerminalMac : ReadWriteNoTerminal);
        byte[] settings = new byte[TermiosSpace];
        if (tcgetattr(_slave, settings) == 0)
        {
            cfmakeraw(settings);
            _ = tcsetattr(_slave, 0, settings);
        }

        _master = new FileStream(new SafeFileHandle(master, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        if (link is not null)
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, Name);
            _link = link;
        }
    }

    /// <summary>The name to open it by, such as /dev/pts/5.</summary>
    public string Name { get; }

    /// <summary>Closes the end that readers open, so that <see cref="HasReader"/> can tell whether somebody else has it.</summary>
    public void CloseReadersEnd()
    {
        int slave = Interlocked.Exchange(ref _slave, -1);
        if (slave >= 0)
        {
            _ = close(slave);
        }
    }

    /// <summary>Whether somebody has opened the name; always after construction, until <see cref="CloseReadersEnd"/>.</summary>
    public bool HasReader => (Events(0) & HungUp) == 0;

    /// <summary>Whether <see cref="Read"/> has something at once.</summary>
    public bool HasInput => (Events(Input) & Input) != 0;

    /// <summary>Sends bytes to whoever has opened the name; waits while its buffer is full.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => _master.Write(bytes);

    /// <summary>What whoever has opened the name sends; waits until there is something.</summary>
    public int Read(Span<byte> buffer) => _master.Read(buffer);

    /// <summary>Unplugs it: readers see the end, and the name goes away.</summary>
    public void Dispose()
    {
        if (_link is not null)
        {
            File.Delete(_link);
            _link = null;
        }

        CloseReadersEnd(); // a second call must not close a file that has the number meanwhile
        _master.Dispose();
    }

    private short Events(short wanted)
    {
        var asked = new PollRequest { File = (int)_master.SafeFileHandle.DangerousGetHandle(), Wanted = wanted };
        return poll(ref asked, 1, 0) >= 0 ? asked.Happened : HungUp;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int File;
        public short Wanted;
        public short Happened;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(ref PollRequest files, nuint count, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc")]
    private static partial int grantpt(int file);

    [LibraryImport("libc")]
    private static partial int unlockpt(int file);

    [LibraryImport("libc")]
    private static partial int ptsname_r(int file, [Out] byte[] name, nint length);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int close(int file);

    [LibraryImport("libc")]
    private static partial int tcgetattr(int file, byte[] settings);

    [LibraryImport("libc")]
    private static partial int tcsetattr(int file, int when, byte[] settings);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(byte[] settings);
}
