-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "BookingState" AS ENUM ('held', 'awaiting_deposit', 'awaiting_centre', 'confirmed', 'completed', 'cancelled');

-- CreateEnum
CREATE TYPE "Regime" AS ENUM ('LIKELY_NOT_PACKAGE', 'PACKAGE', 'LEGAL_REVIEW');

-- CreateEnum
CREATE TYPE "PlanItemState" AS ENUM ('planned', 'due', 'partially_paid', 'paid', 'overdue', 'waived', 'cancelled');

-- CreateEnum
CREATE TYPE "CaseStage" AS ENUM ('draft', 'submitted', 'triage', 'collecting_records', 'with_centres', 'choosing', 'contracting', 'preparing', 'on_site', 'treated', 'discharged', 'settling', 'aftercare', 'closed', 'cancelled', 'no_offer', 'deceased', 'transferred');

-- CreateEnum
CREATE TYPE "OwnerKind" AS ENUM ('patient', 'on_call', 'coordinator');

-- CreateEnum
CREATE TYPE "WaitingOn" AS ENUM ('patient', 'coordinator', 'clinic', 'finance', 'nobody');

-- CreateEnum
CREATE TYPE "AccessScope" AS ENUM ('owner', 'read', 'upload', 'message', 'pay', 'clinic');

-- CreateEnum
CREATE TYPE "ConsentPurpose" AS ENUM ('health_intake', 'triage', 'share_with_clinic');

-- CreateEnum
CREATE TYPE "TaskState" AS ENUM ('open', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "ContractAMode" AS ENUM ('direct', 'held_by_operator');

-- CreateEnum
CREATE TYPE "RevisionState" AS ENUM ('draft', 'submitted', 'changes_asked', 'approved', 'published', 'superseded', 'rejected');

-- CreateEnum
CREATE TYPE "EstimateState" AS ENUM ('draft', 'sent', 'accepted', 'rejected', 'superseded', 'expired');

-- CreateEnum
CREATE TYPE "ContractKind" AS ENUM ('A', 'B');

-- CreateEnum
CREATE TYPE "MailState" AS ENUM ('waiting', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "ClaimState" AS ENUM ('held', 'booked', 'released');

-- CreateEnum
CREATE TYPE "TransferState" AS ENUM ('requested', 'assigned', 'driver_waiting', 'picked_up', 'done', 'no_show', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "InterpreterAssignmentState" AS ENUM ('requested', 'offered', 'confirmed', 'in_session', 'done', 'replaced', 'cancelled');

-- CreateEnum
CREATE TYPE "ShipmentState" AS ENUM ('draft', 'rule_check', 'blocked', 'cleared', 'packed', 'in_transit', 'customs', 'delivered', 'returned', 'lost', 'temperature_excursion');

-- CreateEnum
CREATE TYPE "VisaState" AS ENUM ('not_needed', 'preparing', 'letter_issued', 'applied', 'granted', 'refused');

-- CreateEnum
CREATE TYPE "Audience" AS ENUM ('patient', 'centre', 'internal');

-- CreateEnum
CREATE TYPE "PaymentState" AS ENUM ('created', 'requires_action', 'processing', 'succeeded', 'failed', 'expired', 'disputed', 'won', 'lost');

-- CreateEnum
CREATE TYPE "RefundState" AS ENUM ('calculated', 'approved', 'sent', 'settled', 'failed');

-- CreateEnum
CREATE TYPE "LedgerAccount" AS ENUM ('client_funds_held', 'hospital_payable', 'supplier_payable', 'operator_fee_deferred', 'operator_fee_earned', 'tax', 'refund_payable', 'psp_clearing', 'psp_fees', 'fx_difference', 'write_off');

-- CreateEnum
CREATE TYPE "PersonKind" AS ENUM ('private', 'operator', 'clinic');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('patient', 'coordinator', 'finance', 'admin', 'clinic_reviewer', 'clinic_manager');

-- CreateEnum
CREATE TYPE "RecordState" AS ENUM ('uploading', 'scanning', 'readable', 'unreadable', 'infected', 'accepted', 'rejected');

-- CreateEnum
CREATE TYPE "ChecklistNeed" AS ENUM ('required', 'conditional', 'optional');

-- CreateEnum
CREATE TYPE "ChecklistStatus" AS ENUM ('missing', 'given', 'accepted', 'too_old', 'rejected', 'waived', 'not_available');

-- CreateEnum
CREATE TYPE "ReviewState" AS ENUM ('requested', 'opened', 'more_info', 'decided', 'declined', 'expired', 'withdrawn');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('eligible', 'eligible_with_conditions', 'need_more_data', 'not_eligible', 'refer_elsewhere');

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "actorId" UUID,
    "actorRole" TEXT NOT NULL,
    "actorName" TEXT,
    "clinicId" UUID,
    "caseId" UUID,
    "objectType" TEXT NOT NULL,
    "objectId" TEXT,
    "purpose" TEXT,
    "facts" JSONB,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Booking" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "caseId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "estimateId" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "slotId" UUID NOT NULL,
    "state" "BookingState" NOT NULL DEFAULT 'held',
    "currency" CHAR(3) NOT NULL,
    "policyVersion" TEXT NOT NULL,
    "regime" "Regime" NOT NULL,
    "contractAMode" "ContractAMode" NOT NULL,
    "cancelCause" TEXT,
    "confirmedById" UUID,
    "treatmentOn" DATE NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "holdExpiresAt" TIMESTAMPTZ,
    "paidAt" TIMESTAMPTZ,
    "confirmedAt" TIMESTAMPTZ,
    "completedAt" TIMESTAMPTZ,
    "cancelledAt" TIMESTAMPTZ,

    CONSTRAINT "Booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BookingService" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "lineId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "supplierId" UUID,
    "amountMinor" BIGINT NOT NULL,
    "deliveredAt" TIMESTAMPTZ,

    CONSTRAINT "BookingService_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Contract" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" "ContractKind" NOT NULL,
    "textVersion" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "textHash" TEXT NOT NULL,
    "signedName" TEXT,
    "signedById" UUID,
    "countersignedName" TEXT,
    "countersignedById" UUID,
    "issuedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "signedAt" TIMESTAMPTZ,
    "countersignedAt" TIMESTAMPTZ,

    CONSTRAINT "Contract_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlanItem" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "contract" "ContractKind" NOT NULL,
    "state" "PlanItemState" NOT NULL DEFAULT 'planned',
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "paidMinor" BIGINT NOT NULL DEFAULT 0,
    "dueOn" DATE NOT NULL,
    "paidAt" TIMESTAMPTZ,

    CONSTRAINT "PlanItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "stage" "CaseStage" NOT NULL DEFAULT 'draft',
    "patientId" UUID,
    "draftTokenHash" TEXT,
    "treatment" TEXT,
    "problem" TEXT,
    "contactName" TEXT,
    "contactEmail" TEXT,
    "contactPhone" TEXT,
    "country" CHAR(2),
    "language" TEXT NOT NULL DEFAULT 'en',
    "birthOn" DATE,
    "redFlags" JSONB,
    "symptoms" JSONB,
    "values" JSONB,
    "intakeStep" TEXT,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "holdReason" TEXT,
    "cancelCause" TEXT,
    "ownerKind" "OwnerKind" NOT NULL DEFAULT 'patient',
    "ownerId" UUID,
    "waitingOn" "WaitingOn" NOT NULL DEFAULT 'patient',
    "nextAction" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "consentedAt" TIMESTAMPTZ,
    "seenByDoctorAt" TIMESTAMPTZ,
    "submittedAt" TIMESTAMPTZ,
    "firstAnsweredAt" TIMESTAMPTZ,
    "nextDueAt" TIMESTAMPTZ,
    "clockPausedAt" TIMESTAMPTZ,
    "holdUntil" TIMESTAMPTZ,
    "closedAt" TIMESTAMPTZ,

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseAccess" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "personId" UUID,
    "clinicId" UUID,
    "scopes" "AccessScope"[],
    "purpose" TEXT NOT NULL,
    "grantedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ,
    "revokedAt" TIMESTAMPTZ,

    CONSTRAINT "CaseAccess_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "purpose" "ConsentPurpose" NOT NULL,
    "clinicId" UUID,
    "country" CHAR(2),
    "textVersion" TEXT NOT NULL,
    "textHash" TEXT,
    "language" TEXT NOT NULL,
    "deidentified" BOOLEAN NOT NULL DEFAULT false,
    "givenById" UUID,
    "givenAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawnAt" TIMESTAMPTZ,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseEvent" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "fromStage" "CaseStage",
    "toStage" "CaseStage",
    "actorRole" TEXT NOT NULL,
    "actorName" TEXT,
    "note" TEXT,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CaseEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Task" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" "TaskState" NOT NULL DEFAULT 'open',
    "ownerKind" "OwnerKind" NOT NULL,
    "ownerId" UUID,
    "doneById" UUID,
    "dueAt" TIMESTAMPTZ NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Clinic" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "legalName" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "city" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "timeZone" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "departments" TEXT[],
    "languages" TEXT[],
    "officeHours" TEXT NOT NULL,
    "licenceNumber" TEXT NOT NULL,
    "licenceAuthority" TEXT NOT NULL,
    "contractAMode" "ContractAMode" NOT NULL DEFAULT 'direct',
    "prepaymentBp" INTEGER NOT NULL DEFAULT 0,
    "paymentTerms" TEXT NOT NULL,
    "cancellationRule" TEXT NOT NULL,
    "moneyRelation" TEXT NOT NULL,
    "holidays" DATE[],
    "answerHours" INTEGER,
    "answerCount" INTEGER NOT NULL DEFAULT 0,
    "searchText" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "licenceValidUntil" DATE NOT NULL,
    "heldClearanceOn" DATE,
    "publishedAt" TIMESTAMPTZ,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Clinic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClinicProcedure" (
    "id" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "treatment" TEXT NOT NULL,
    "device" TEXT,
    "access" TEXT,
    "volume" INTEGER,
    "volumeYear" INTEGER,
    "volumeSource" TEXT,
    "currency" CHAR(3) NOT NULL,
    "lowMinor" BIGINT NOT NULL,
    "expectedMinor" BIGINT NOT NULL,
    "highMinor" BIGINT NOT NULL,
    "priceBasis" TEXT NOT NULL,
    "included" TEXT[],
    "excluded" TEXT[],
    "stayDaysLow" INTEGER NOT NULL,
    "stayDaysHigh" INTEGER NOT NULL,
    "validFrom" DATE NOT NULL,
    "validTo" DATE NOT NULL,

    CONSTRAINT "ClinicProcedure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClinicOutcome" (
    "id" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "treatment" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "value" DECIMAL(10,2) NOT NULL,
    "unit" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "ClinicOutcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Accreditation" (
    "id" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "validUntil" DATE NOT NULL,

    CONSTRAINT "Accreditation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Doctor" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "clinicId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "speciality" TEXT NOT NULL,
    "languages" TEXT[],
    "biography" TEXT NOT NULL,
    "volumes" JSONB NOT NULL,

    CONSTRAINT "Doctor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProcedureSlot" (
    "id" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "treatment" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "on" DATE NOT NULL,

    CONSTRAINT "ProcedureSlot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ListingRevision" (
    "id" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "state" "RevisionState" NOT NULL DEFAULT 'draft',
    "content" JSONB NOT NULL,
    "authorId" UUID NOT NULL,
    "decidedById" UUID,
    "reason" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submittedAt" TIMESTAMPTZ,
    "decidedAt" TIMESTAMPTZ,

    CONSTRAINT "ListingRevision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Document" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "bookingId" UUID,
    "subjectId" UUID,
    "kind" TEXT NOT NULL,
    "series" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "checkCode" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "wrappedKey" BYTEA NOT NULL,
    "keyVersion" INTEGER NOT NULL DEFAULT 1,
    "forClinicId" UUID,
    "issuedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DocumentSeries" (
    "series" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "DocumentSeries_pkey" PRIMARY KEY ("series")
);

-- CreateTable
CREATE TABLE "Estimate" (
    "id" UUID NOT NULL,
    "reviewId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" "EstimateState" NOT NULL DEFAULT 'draft',
    "currency" CHAR(3) NOT NULL,
    "exclusions" TEXT[],
    "assumptions" TEXT[],
    "hash" TEXT,
    "lowMinor" BIGINT NOT NULL DEFAULT 0,
    "expectedMinor" BIGINT NOT NULL DEFAULT 0,
    "highMinor" BIGINT NOT NULL DEFAULT 0,
    "rejectReason" TEXT,
    "createdById" UUID NOT NULL,
    "answeredById" UUID,
    "validUntil" DATE NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ,
    "answeredAt" TIMESTAMPTZ,

    CONSTRAINT "Estimate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EstimateLine" (
    "id" UUID NOT NULL,
    "estimateId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "contract" "ContractKind" NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT,
    "quantity" DECIMAL(12,3) NOT NULL,
    "unit" TEXT NOT NULL,
    "lowMinor" BIGINT NOT NULL,
    "expectedMinor" BIGINT NOT NULL,
    "highMinor" BIGINT NOT NULL,
    "cause" TEXT NOT NULL,
    "optional" BOOLEAN NOT NULL DEFAULT false,
    "taxBp" INTEGER NOT NULL DEFAULT 0,
    "options" JSONB,

    CONSTRAINT "EstimateLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboxMail" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "state" "MailState" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ,

    CONSTRAINT "OutboxMail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "personId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "status" INTEGER,
    "answer" JSONB,
    "location" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("personId","key")
);

-- CreateTable
CREATE TABLE "FxRate" (
    "id" UUID NOT NULL,
    "base" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "rate" DECIMAL(20,8) NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "FxRate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "changedById" UUID,
    "changedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ConsentText" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "approvedBy" TEXT NOT NULL,
    "approvedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "ConsentText_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Supplier" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "city" TEXT NOT NULL,
    "termsAcceptedOn" DATE,

    CONSTRAINT "Supplier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Resource" (
    "id" UUID NOT NULL,
    "supplierId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "timeZone" TEXT NOT NULL,
    "languages" TEXT[],
    "gender" TEXT,
    "medicalTraining" BOOLEAN NOT NULL DEFAULT false,
    "certificate" TEXT,
    "phone" TEXT,
    "vehicle" TEXT,
    "plate" TEXT,
    "seats" INTEGER,
    "wheelchair" BOOLEAN NOT NULL DEFAULT false,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "Resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "id" UUID NOT NULL,
    "resourceId" UUID NOT NULL,
    "bookingId" UUID,
    "purpose" TEXT NOT NULL,
    "state" "ClaimState" NOT NULL DEFAULT 'held',
    "startsAt" TIMESTAMPTZ NOT NULL,
    "endsAt" TIMESTAMPTZ NOT NULL,
    "holdExpiresAt" TIMESTAMPTZ,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Transfer" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "direction" TEXT NOT NULL,
    "state" "TransferState" NOT NULL DEFAULT 'requested',
    "resourceId" UUID,
    "claimId" UUID,
    "flight" TEXT,
    "terminal" TEXT,
    "timeZone" TEXT NOT NULL,
    "passengers" INTEGER NOT NULL DEFAULT 1,
    "wheelchair" BOOLEAN NOT NULL DEFAULT false,
    "stretcher" BOOLEAN NOT NULL DEFAULT false,
    "oxygen" BOOLEAN NOT NULL DEFAULT false,
    "pickupPlace" TEXT NOT NULL,
    "dropPlace" TEXT NOT NULL,
    "meetingPoint" TEXT,
    "linkHash" TEXT,
    "pickupAt" TIMESTAMPTZ NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Transfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InterpreterAssignment" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "state" "InterpreterAssignmentState" NOT NULL DEFAULT 'requested',
    "resourceId" UUID,
    "claimId" UUID,
    "fromLang" TEXT NOT NULL,
    "toLang" TEXT NOT NULL,
    "mode" TEXT NOT NULL DEFAULT 'on_site',
    "purpose" TEXT NOT NULL,
    "genderWish" TEXT,
    "place" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "minutes" INTEGER,
    "understood" BOOLEAN NOT NULL DEFAULT false,
    "linkHash" TEXT,
    "startsAt" TIMESTAMPTZ NOT NULL,
    "endsAt" TIMESTAMPTZ NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InterpreterAssignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shipment" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "state" "ShipmentState" NOT NULL DEFAULT 'draft',
    "mode" TEXT NOT NULL,
    "destination" CHAR(2) NOT NULL,
    "items" JSONB NOT NULL,
    "ruleId" TEXT,
    "ruleVersion" TEXT,
    "blockReason" TEXT,
    "papers" TEXT[],
    "carrier" TEXT,
    "tracking" TEXT,
    "supplierId" UUID,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deliveredAt" TIMESTAMPTZ,

    CONSTRAINT "Shipment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Visa" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "bookingId" UUID,
    "country" CHAR(2) NOT NULL,
    "state" "VisaState" NOT NULL DEFAULT 'preparing',
    "note" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedOn" DATE,

    CONSTRAINT "Visa_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "audience" "Audience" NOT NULL,
    "clinicId" UUID,
    "authorId" UUID NOT NULL,
    "authorRole" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "attachments" UUID[],
    "sentAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MessageRead" (
    "messageId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "readAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MessageRead_pkey" PRIMARY KEY ("messageId","personId")
);

-- CreateTable
CREATE TABLE "Payment" (
    "id" UUID NOT NULL,
    "planItemId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "payerId" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "state" "PaymentState" NOT NULL DEFAULT 'created',
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "refundedMinor" BIGINT NOT NULL DEFAULT 0,
    "idempotencyKey" TEXT NOT NULL,
    "sessionId" TEXT,
    "paymentIntentId" TEXT,
    "checkoutUrl" TEXT,
    "failureCode" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ,
    "succeededAt" TIMESTAMPTZ,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "Payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Refund" (
    "id" UUID NOT NULL,
    "paymentId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "state" "RefundState" NOT NULL DEFAULT 'calculated',
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "quote" JSONB,
    "proposedById" UUID,
    "approvedById" UUID,
    "idempotencyKey" TEXT NOT NULL,
    "stripeRefundId" TEXT,
    "failureCode" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approvedAt" TIMESTAMPTZ,
    "sentAt" TIMESTAMPTZ,
    "settledAt" TIMESTAMPTZ,

    CONSTRAINT "Refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProviderIntent" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "objectId" UUID NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "outcome" TEXT,
    "result" JSONB,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ,

    CONSTRAINT "ProviderIntent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProviderEvent" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "objectId" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "outcome" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ NOT NULL,
    "receivedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "appliedAt" TIMESTAMPTZ,

    CONSTRAINT "ProviderEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerTx" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "bookingId" UUID,
    "paymentId" UUID,
    "refundId" UUID,
    "actorId" UUID,
    "memo" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LedgerTx_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "id" UUID NOT NULL,
    "txId" UUID NOT NULL,
    "account" "LedgerAccount" NOT NULL,
    "contract" "ContractKind",
    "currency" CHAR(3) NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "bookingId" UUID,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "kind" "PersonKind" NOT NULL,
    "roles" "Role"[],
    "clinicId" UUID,
    "passwordHash" TEXT,
    "emailVerifiedAt" TIMESTAMPTZ,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erasedAt" TIMESTAMPTZ,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endsAt" TIMESTAMPTZ NOT NULL,
    "endsLatestAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInLink" (
    "tokenHash" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "SignInLink_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ,
    "expiresAt" TIMESTAMPTZ,
    "revokedAt" TIMESTAMPTZ,

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Record" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "state" "RecordState" NOT NULL DEFAULT 'uploading',
    "uploaderId" UUID,
    "uploaderClinic" UUID,
    "filename" TEXT NOT NULL,
    "declaredType" TEXT,
    "item" TEXT,
    "sizeBytes" BIGINT NOT NULL,
    "offsetBytes" BIGINT NOT NULL DEFAULT 0,
    "declaredSha256" TEXT,
    "sha256" TEXT,
    "mediaType" TEXT,
    "kind" TEXT,
    "header" JSONB,
    "findings" JSONB,
    "pageCount" INTEGER,
    "frameCount" INTEGER,
    "wrappedKey" BYTEA,
    "keyVersion" INTEGER NOT NULL DEFAULT 1,
    "chunkBytes" INTEGER NOT NULL,
    "judgedById" UUID,
    "rejectReason" TEXT,
    "examOn" DATE,
    "createdAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ,
    "completedAt" TIMESTAMPTZ,
    "readAt" TIMESTAMPTZ,
    "judgedAt" TIMESTAMPTZ,
    "erasedAt" TIMESTAMPTZ,

    CONSTRAINT "Record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChecklistItem" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "phase" INTEGER NOT NULL,
    "need" "ChecklistNeed" NOT NULL,
    "status" "ChecklistStatus" NOT NULL DEFAULT 'missing',
    "recordId" UUID,
    "closedById" UUID,
    "reason" TEXT,
    "position" INTEGER NOT NULL,
    "maxAgeDays" INTEGER,
    "issuedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ,

    CONSTRAINT "ChecklistItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Review" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "clinicId" UUID NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 1,
    "state" "ReviewState" NOT NULL DEFAULT 'requested',
    "verdict" "Verdict",
    "reason" TEXT,
    "answer" JSONB,
    "conditions" JSONB,
    "requests" JSONB,
    "recordsSeen" UUID[],
    "requestedById" UUID NOT NULL,
    "openedById" UUID,
    "firstSignerId" UUID,
    "secondSignerId" UUID,
    "declineReason" TEXT,
    "fromLetterId" UUID,
    "requestedAt" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dueAt" TIMESTAMPTZ NOT NULL,
    "openedAt" TIMESTAMPTZ,
    "firstSignedAt" TIMESTAMPTZ,
    "secondSignedAt" TIMESTAMPTZ,
    "answerExpiresAt" TIMESTAMPTZ,
    "endedAt" TIMESTAMPTZ,

    CONSTRAINT "Review_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AuditEvent_caseId_at_idx" ON "AuditEvent"("caseId", "at" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_at_idx" ON "AuditEvent"("actorId", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Booking_number_key" ON "Booking"("number");

-- CreateIndex
CREATE INDEX "Booking_clinicId_state_treatmentOn_idx" ON "Booking"("clinicId", "state", "treatmentOn");

-- CreateIndex
CREATE INDEX "Booking_caseId_idx" ON "Booking"("caseId");

-- CreateIndex
CREATE INDEX "Booking_slotId_state_holdExpiresAt_idx" ON "Booking"("slotId", "state", "holdExpiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "BookingService_bookingId_lineId_key" ON "BookingService"("bookingId", "lineId");

-- CreateIndex
CREATE UNIQUE INDEX "Contract_bookingId_kind_key" ON "Contract"("bookingId", "kind");

-- CreateIndex
CREATE INDEX "PlanItem_state_dueOn_idx" ON "PlanItem"("state", "dueOn");

-- CreateIndex
CREATE UNIQUE INDEX "PlanItem_bookingId_position_key" ON "PlanItem"("bookingId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Case_number_key" ON "Case"("number");

-- CreateIndex
CREATE UNIQUE INDEX "Case_draftTokenHash_key" ON "Case"("draftTokenHash");

-- CreateIndex
CREATE INDEX "Case_stage_nextDueAt_idx" ON "Case"("stage", "nextDueAt");

-- CreateIndex
CREATE INDEX "Case_patientId_idx" ON "Case"("patientId");

-- CreateIndex
CREATE INDEX "Case_ownerId_nextDueAt_idx" ON "Case"("ownerId", "nextDueAt");

-- CreateIndex
CREATE INDEX "CaseAccess_personId_idx" ON "CaseAccess"("personId");

-- CreateIndex
CREATE INDEX "CaseAccess_clinicId_idx" ON "CaseAccess"("clinicId");

-- CreateIndex
CREATE UNIQUE INDEX "CaseAccess_caseId_personId_key" ON "CaseAccess"("caseId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "CaseAccess_caseId_clinicId_key" ON "CaseAccess"("caseId", "clinicId");

-- CreateIndex
CREATE INDEX "Consent_caseId_purpose_idx" ON "Consent"("caseId", "purpose");

-- CreateIndex
CREATE INDEX "CaseEvent_caseId_at_idx" ON "CaseEvent"("caseId", "at");

-- CreateIndex
CREATE INDEX "Task_state_dueAt_idx" ON "Task"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Task_caseId_state_idx" ON "Task"("caseId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Clinic_slug_key" ON "Clinic"("slug");

-- CreateIndex
CREATE INDEX "Clinic_country_publishedAt_idx" ON "Clinic"("country", "publishedAt");

-- CreateIndex
CREATE INDEX "ClinicProcedure_treatment_device_idx" ON "ClinicProcedure"("treatment", "device");

-- CreateIndex
CREATE UNIQUE INDEX "ClinicProcedure_clinicId_treatment_device_key" ON "ClinicProcedure"("clinicId", "treatment", "device");

-- CreateIndex
CREATE INDEX "ClinicOutcome_clinicId_treatment_idx" ON "ClinicOutcome"("clinicId", "treatment");

-- CreateIndex
CREATE UNIQUE INDEX "Accreditation_clinicId_body_key" ON "Accreditation"("clinicId", "body");

-- CreateIndex
CREATE UNIQUE INDEX "Doctor_slug_key" ON "Doctor"("slug");

-- CreateIndex
CREATE INDEX "Doctor_clinicId_idx" ON "Doctor"("clinicId");

-- CreateIndex
CREATE UNIQUE INDEX "ProcedureSlot_clinicId_treatment_on_key" ON "ProcedureSlot"("clinicId", "treatment", "on");

-- CreateIndex
CREATE INDEX "ListingRevision_state_submittedAt_idx" ON "ListingRevision"("state", "submittedAt");

-- CreateIndex
CREATE INDEX "ListingRevision_clinicId_createdAt_idx" ON "ListingRevision"("clinicId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Document_checkCode_key" ON "Document"("checkCode");

-- CreateIndex
CREATE INDEX "Document_caseId_issuedAt_idx" ON "Document"("caseId", "issuedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Document_series_number_key" ON "Document"("series", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Document_kind_subjectId_key" ON "Document"("kind", "subjectId");

-- CreateIndex
CREATE INDEX "Estimate_caseId_createdAt_idx" ON "Estimate"("caseId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Estimate_reviewId_version_key" ON "Estimate"("reviewId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "EstimateLine_estimateId_position_key" ON "EstimateLine"("estimateId", "position");

-- CreateIndex
CREATE INDEX "OutboxMail_state_createdAt_idx" ON "OutboxMail"("state", "createdAt");

-- CreateIndex
CREATE INDEX "OutboxMail_to_createdAt_idx" ON "OutboxMail"("to", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey"("createdAt");

-- CreateIndex
CREATE INDEX "FxRate_base_quote_at_idx" ON "FxRate"("base", "quote", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ConsentText_purpose_version_language_key" ON "ConsentText"("purpose", "version", "language");

-- CreateIndex
CREATE INDEX "Resource_kind_country_city_active_idx" ON "Resource"("kind", "country", "city", "active");

-- CreateIndex
CREATE INDEX "Claim_resourceId_startsAt_idx" ON "Claim"("resourceId", "startsAt");

-- CreateIndex
CREATE INDEX "Claim_bookingId_idx" ON "Claim"("bookingId");

-- CreateIndex
CREATE UNIQUE INDEX "Transfer_linkHash_key" ON "Transfer"("linkHash");

-- CreateIndex
CREATE INDEX "Transfer_bookingId_idx" ON "Transfer"("bookingId");

-- CreateIndex
CREATE INDEX "Transfer_state_pickupAt_idx" ON "Transfer"("state", "pickupAt");

-- CreateIndex
CREATE UNIQUE INDEX "InterpreterAssignment_linkHash_key" ON "InterpreterAssignment"("linkHash");

-- CreateIndex
CREATE INDEX "InterpreterAssignment_bookingId_idx" ON "InterpreterAssignment"("bookingId");

-- CreateIndex
CREATE INDEX "InterpreterAssignment_state_startsAt_idx" ON "InterpreterAssignment"("state", "startsAt");

-- CreateIndex
CREATE INDEX "Shipment_bookingId_idx" ON "Shipment"("bookingId");

-- CreateIndex
CREATE INDEX "Shipment_state_createdAt_idx" ON "Shipment"("state", "createdAt");

-- CreateIndex
CREATE INDEX "Visa_caseId_idx" ON "Visa"("caseId");

-- CreateIndex
CREATE INDEX "Message_caseId_audience_sentAt_idx" ON "Message"("caseId", "audience", "sentAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Payment_idempotencyKey_key" ON "Payment"("idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_sessionId_key" ON "Payment"("sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_paymentIntentId_key" ON "Payment"("paymentIntentId");

-- CreateIndex
CREATE INDEX "Payment_bookingId_createdAt_idx" ON "Payment"("bookingId", "createdAt");

-- CreateIndex
CREATE INDEX "Payment_state_createdAt_idx" ON "Payment"("state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Refund_idempotencyKey_key" ON "Refund"("idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "Refund_stripeRefundId_key" ON "Refund"("stripeRefundId");

-- CreateIndex
CREATE INDEX "Refund_state_createdAt_idx" ON "Refund"("state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Refund_paymentId_cause_sequence_key" ON "Refund"("paymentId", "cause", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "ProviderIntent_idempotencyKey_key" ON "ProviderIntent"("idempotencyKey");

-- CreateIndex
CREATE INDEX "ProviderIntent_finishedAt_createdAt_idx" ON "ProviderIntent"("finishedAt", "createdAt");

-- CreateIndex
CREATE INDEX "ProviderEvent_appliedAt_receivedAt_idx" ON "ProviderEvent"("appliedAt", "receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerTx_reference_key" ON "LedgerTx"("reference");

-- CreateIndex
CREATE INDEX "LedgerTx_bookingId_at_idx" ON "LedgerTx"("bookingId", "at");

-- CreateIndex
CREATE INDEX "LedgerEntry_account_currency_at_idx" ON "LedgerEntry"("account", "currency", "at");

-- CreateIndex
CREATE INDEX "LedgerEntry_txId_idx" ON "LedgerEntry"("txId");

-- CreateIndex
CREATE INDEX "LedgerEntry_bookingId_idx" ON "LedgerEntry"("bookingId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_email_key" ON "Person"("email");

-- CreateIndex
CREATE INDEX "Person_clinicId_idx" ON "Person"("clinicId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session"("tokenHash");

-- CreateIndex
CREATE INDEX "Session_personId_idx" ON "Session"("personId");

-- CreateIndex
CREATE INDEX "SignInLink_identifier_idx" ON "SignInLink"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");

-- CreateIndex
CREATE INDEX "ApiToken_personId_idx" ON "ApiToken"("personId");

-- CreateIndex
CREATE INDEX "Record_caseId_createdAt_idx" ON "Record"("caseId", "createdAt");

-- CreateIndex
CREATE INDEX "Record_state_expiresAt_idx" ON "Record"("state", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "ChecklistItem_caseId_item_key" ON "ChecklistItem"("caseId", "item");

-- CreateIndex
CREATE INDEX "Review_clinicId_state_dueAt_idx" ON "Review"("clinicId", "state", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Review_caseId_clinicId_round_key" ON "Review"("caseId", "clinicId", "round");

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_estimateId_fkey" FOREIGN KEY ("estimateId") REFERENCES "Estimate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_slotId_fkey" FOREIGN KEY ("slotId") REFERENCES "ProcedureSlot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BookingService" ADD CONSTRAINT "BookingService_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BookingService" ADD CONSTRAINT "BookingService_lineId_fkey" FOREIGN KEY ("lineId") REFERENCES "EstimateLine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contract" ADD CONSTRAINT "Contract_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PlanItem" ADD CONSTRAINT "PlanItem_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseAccess" ADD CONSTRAINT "CaseAccess_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseEvent" ADD CONSTRAINT "CaseEvent_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClinicProcedure" ADD CONSTRAINT "ClinicProcedure_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClinicOutcome" ADD CONSTRAINT "ClinicOutcome_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Accreditation" ADD CONSTRAINT "Accreditation_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Doctor" ADD CONSTRAINT "Doctor_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProcedureSlot" ADD CONSTRAINT "ProcedureSlot_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ListingRevision" ADD CONSTRAINT "ListingRevision_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Estimate" ADD CONSTRAINT "Estimate_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EstimateLine" ADD CONSTRAINT "EstimateLine_estimateId_fkey" FOREIGN KEY ("estimateId") REFERENCES "Estimate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Resource" ADD CONSTRAINT "Resource_supplierId_fkey" FOREIGN KEY ("supplierId") REFERENCES "Supplier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_resourceId_fkey" FOREIGN KEY ("resourceId") REFERENCES "Resource"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageRead" ADD CONSTRAINT "MessageRead_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "Message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_planItemId_fkey" FOREIGN KEY ("planItemId") REFERENCES "PlanItem"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Refund" ADD CONSTRAINT "Refund_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_txId_fkey" FOREIGN KEY ("txId") REFERENCES "LedgerTx"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Record" ADD CONSTRAINT "Record_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_clinicId_fkey" FOREIGN KEY ("clinicId") REFERENCES "Clinic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
