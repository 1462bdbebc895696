using System.Globalization;

namespace NanoFormer.Device.Analyzers.Tests;

/// <summary>Examples of the rules.</summary>
internal static class RuleExamples
{
    public static IEnumerable<RuleExample> All { get; } =
    [
        // Language that compiles.
        new(
            "NFD001",
            "void F(Action<int> use) { }",
            "delegate void Use(int value); void F(Use use, Action done, EventHandler changed) { }"),
        new("NFD001", "static T Same<T>(T value) { return value; }", "static object Same(object value) { return value; }"),
        new("NFD001", "sealed class Box<T> { }", "sealed class Box { object _value; object Get() { return _value; } }"),
        new("NFD002", "int[,] _map = new int[2, 3];", "int[][] _map = new int[2][]; int[] _flat = new int[2 * 3];"),
        new(
            "NFD002",
            "object F() { return new[,] { { 1, 2 }, { 3, 4 } }; }",
            "object F() { return new[] { new[] { 1, 2 }, new[] { 3, 4 } }; }"),
        new("NFD003", "int F(int a, int b) { return checked(a + b); }", "int F(int a, int b) { return unchecked(a + b); }"),
        new("NFD003", "int F(int a) { checked { a++; } return a; }", "int F(int a) { unchecked { a++; } return a; }"),
        new("NFD004", "unsafe void F() { int* p = stackalloc int[4]; }", "void F() { int[] p = new int[4]; }"),
        new("NFD005", "unsafe int F(int[] a) { fixed (int* p = a) { return *p; } }", "int F(int[] a) { return a[0]; }"),
        new("NFD005", "unsafe struct Head { public fixed byte Bytes[4]; }", "struct Head { public byte[] Bytes; }"),
        new("NFD006", "interface IPart { int Size() { return 1; } }", "interface IPart { int Size(); }"),
        new("NFD006", "interface IPart { int Size => 1; }", "interface IPart { int Size { get; } }"),
        new(
            "NFD006",
            "interface IPart { int this[int i] { get { return i; } } }",
            "abstract class Part { int this[int i] { get { return i; } } }"),
        new(
            "NFD018",
            "void F(bool ours) { try { F(true); } catch (Exception) when (ours) { } }",
            "int F(bool ours) { try { F(true); } catch (Exception) { if (!ours) { throw; } } return 1 switch { 1 when ours => 2, _ => 3 }; }"),
        // Language that does not compile either: the rule names the way out.
        Lacking("NFD007", "volatile bool _stop;", "bool _stop; /* volatile */"),
        Lacking("NFD008", "int? F() { return null; }", "int F(bool has) { return has ? 1 : 0; }"),
        Lacking("NFD009", "(int, int) F() { return (1, 2); }", "void F(out int a, out int b) { a = (1); b = (2); }"),
        Lacking("NFD009", "void F(object o) { var (a, b) = o; }", "void F(out object a) { object b = null; a = (b); }"),
        Lacking(
            "NFD010",
            "System.Collections.IEnumerable F() { yield return 1; }",
            "System.Collections.IEnumerable F() { int yield = 1; return new[] { yield }; }"),
        Lacking("NFD010", "System.Collections.IEnumerable F() { yield break; }", "int F() { while (true) { break; } return 0; }"),
        Lacking("NFD011", "async void F() { }", "void F() { int async = 0; async++; }"),
        Lacking("NFD012", "record Pair { }", "sealed class Pair { int A { get; init; } }"),
        Lacking("NFD013", "int F(int[] a) { return a[^1]; }", "int F(int[] a, int b) { return a[a.Length - 1] ^ b; }"),
        Lacking(
            "NFD013",
            "int[] F(int[] a) { return a[1..2]; }",
            "int[] F(int[] a) { int[] b = new int[1]; Array.Copy(a, 1, b, 0, 1); return b; }"),
        Lacking("NFD014", "decimal _price;", "double _price;"),
        Lacking("NFD014", "object F() { return 1.5m; }", "object F() { return 1.5; }"),
        Lacking("NFD015", "object F(int[] a) { return from x in a select x; }", "object F(int[] from) { return from; }"),
        Lacking("NFD016", "void F(Span<byte> bytes) { }", "void F(SpanByte bytes) { }"),
        Lacking("NFD017", "dynamic _any;", "object dynamic;"),

        // Arithmetic.
        new("NFD020", "int F(uint[] a) { return (int)a[0] >> 3; }", "int F(uint[] a) { int x = (int)a[0]; return x >> 3; }"),
        new(
            "NFD020",
            "static uint _state; int F() { return ((int)_state) >> 3; }",
            "static int _state; int F(uint u) { return (_state >> 3) + ((int)u >> 3); }"),
        new(
            "NFD020",
            "long F(ulong[] a) { return (long)a[0] >> 3; }",
            "long F(byte[] a, uint[] b) { return ((int)a[0] >> 3) + (b[0] >> 3) + ((int)b[0] << 3); }"),
        new("NFD021", "int F(int a) { return a / -1; }", "int F(int a) { return (a / -2) + (a * -1); }"),
        new("NFD021", "void F(long a) { a %= -1L; }", "void F(long a) { a -= -1L; }"),
        new("NFD022", "int F(double a) { return (int)a; }", "int F(double a) { return (int)Math.Clamp(a, 0, 10) + (int)2.5; }"),
        new(
            "NFD022",
            "short F(float a) { return (short)Math.Round(a); }",
            "short F(double a) { return (short)Math.Round(Math.Clamp(a, -5.0, 5.0)); }"),
        new("NFD023", "bool F(double a) { return a == double.PositiveInfinity; }", "bool F(double a) { return a == double.MaxValue; }"),
        new("NFD023", "bool F(float a) { return float.IsInfinity(a); }", "bool F(float a) { return float.IsNaN(a); }"),

        // Text.
        new("NFD030", "string F(DayOfWeek a) { return a.ToString(); }", "string F(DayOfWeek a) { return ((int)a).ToString(); }"),
        new("NFD030", "string F(DayOfWeek a) { return \"on \" + a; }", "string F(DayOfWeek a) { return \"on \" + (int)a; }"),
        new("NFD030", "string F(DayOfWeek a) { return $\"on {a}\"; }", "string F(DayOfWeek a) { return $\"on {(int)a}\"; }"),
        new(
            "NFD030",
            "string F(DayOfWeek a) { return string.Format(\"{0}\", a); }",
            "string F(DayOfWeek a) { return string.Format(\"{0}\", (int)a); }"),
        new("NFD031", "string F(double a) { return a.ToString(); }", "string F(double a) { return a.ToString(\"F3\"); }"),
        new("NFD031", "string F(float a) { return a.ToString(\"F3\"); }", "string F(float a) { return ((double)a).ToString(\"F3\"); }"),
        new("NFD031", "string F(double a) { return \"x=\" + a; }", "string F(int a) { return \"x=\" + a; }"),
        new("NFD031", "string F(double a) { return $\"x={a}\"; }", "string F(double a) { return $\"x={a:F3}\"; }"),
        new(
            "NFD031",
            "string F(double a) { return string.Format(\"{0} {1}\", 1, a); }",
            "string F(double a) { return string.Format(\"{0} {1:F2}\", 1, a); }"),
        new(
            "NFD031",
            "void F(System.Text.StringBuilder b, double a) { b.Append(a); }",
            "void F(System.Text.StringBuilder b, int a) { b.Append(a); }"),

        // Peripherals.
        new("NFD040", "void F(System.Device.I2c.I2cDevice d, byte[] b) { d.Write(b); }",
            "bool F(System.Device.I2c.I2cDevice d, byte[] b) { return (int)d.Write(b).Status == 1; }"),
        new("NFD040", "void F(System.Device.I2c.I2cDevice d, byte[] b) { _ = d.Read(b); }",
            "uint F(System.Device.I2c.I2cDevice d, byte[] b) { var r = d.Read(b); return r.BytesTransferred; }"),
        new("NFD041", "object F() { return new System.IO.Ports.SerialPort(\"/dev/serial0\", 9600); }",
            "object F(string a) { return new[] { new System.IO.Ports.SerialPort(\"COM12\"), new System.IO.Ports.SerialPort(a) }; }"),
        new("NFD042", "object F() { return new System.Device.I2c.I2cConnectionSettings(0, 0x68); }",
            "object F() { return new System.Device.I2c.I2cConnectionSettings(1, 0x68); }"),

        // Interop.
        new("NFD050", Native("int F(int a, out int b)"), Native("int F(int a, int[] b)")),
        new("NFD050", Native("void F(ref int a)"), "static void F(ref int a) { a++; }"),
        new("NFD051", Table(65537), Table(65536)),
    ];

    private static RuleExample Lacking(string id, string fault, string nearMiss) => new(id, fault, nearMiss, Compiles: false);

    private static string Native(string signature) =>
        "[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)] "
        + $"static extern {signature};";

    private static string Table(int bytes)
    {
        var values = Enumerable.Range(0, bytes).Select(i => (i % 256).ToString(CultureInfo.InvariantCulture));
        return $"static readonly byte[] Data = {{ {string.Join(", ", values)} }};";
    }
}
