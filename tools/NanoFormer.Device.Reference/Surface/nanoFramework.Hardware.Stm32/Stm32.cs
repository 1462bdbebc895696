using System;

namespace nanoFramework.Hardware.Stm32
{
    public static class BackupMemory
    {
        public static extern int Size { get; }

        public static extern void WriteBoolean(uint position, bool value);
        public static extern void WriteByte(uint position, byte value);
        public static extern void WriteDateTime(uint position, DateTime value);
        public static extern void WriteInt16(uint position, short value);
        public static extern void WriteInt32(uint position, int value);
        public static extern void WriteInt64(uint position, long value);
        public static extern void WriteSingle(uint position, float value);
        public static extern void WriteString(uint position, string value);
        public static extern void WriteTimeSpan(uint position, TimeSpan value);
        public static extern void WriteUInt16(uint position, ushort value);
        public static extern void WriteUInt32(uint position, uint value);
        public static extern void WriteUInt64(uint position, ulong value);
        public static extern bool ReadBoolean(uint position);
        public static extern byte ReadByte(uint position);
        public static extern DateTime ReadDateTime(uint position);
        public static extern short ReadInt16(uint position);
        public static extern int ReadInt32(uint position);
        public static extern long ReadInt64(uint position);
        public static extern float ReadSingle(uint position);
        public static extern string ReadString(uint position, uint lenght);
        public static extern TimeSpan ReadTimeSpan(uint position);
        public static extern ushort ReadUInt16(uint position);
        public static extern uint ReadUInt32(uint position);
        public static extern ulong ReadUInt64(uint position);
        public static extern void ReadBytes(uint position, byte[] value);
        public static extern void WriteBytes(uint position, byte[] value);
    }

    public static class Power
    {
        public static extern WakeupReasonType WakeupReason { get; }

        public static extern void EnterStandbyMode();
        public static extern void DisableWakeupPin(WakeupPin pin = WakeupPin.Pin1);
        public static extern void EnableWakeupPin(WakeupPin pin = WakeupPin.Pin1);

        public enum WakeupPin
        {
            Pin1 = 1,
            Pin2 = 2,
            Pin3 = 3,
        }

        public enum WakeupReasonType
        {
            Undetermined = 0,
            FromStandby = 1,
            FromPin = 2,
        }
    }

    public static class RTC
    {
        public static extern void SetAlarm(DateTime time);
        public static extern DateTime GetAlarm();
    }

    public static class Utilities
    {
        public static extern byte[] UniqueDeviceId { get; }
        public static extern uint DeviceId { get; }
        public static extern uint DeviceRevisionId { get; }
    }
}
