namespace NanoFormer.Board;

/// <summary>A real-time clock as on many modules: a DS3231, which has the MPU-6050's address. Its 19 registers repeat.</summary>
internal sealed class ClockModule : II2cChip
{
    private const int Registers = 0x13;

    private readonly byte[] _registers = new byte[Registers];
    private int _pointer;
    private bool _expectsPointer;

    public bool IsPresent => true;

    public void Start(bool forReading) => _expectsPointer = !forReading;

    public void Write(byte value)
    {
        if (_expectsPointer)
        {
            _pointer = value % Registers;
            _expectsPointer = false;
            return;
        }

        _registers[_pointer] = value;
        _pointer = (_pointer + 1) % Registers;
    }

    public byte Read()
    {
        byte value = _registers[_pointer];
        _pointer = (_pointer + 1) % Registers;
        return value;
    }

    public void Stop()
    {
    }
}
